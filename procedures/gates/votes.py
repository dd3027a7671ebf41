"""Gates on the vote: it adds up, has a majority, clean counters, and no kin.

Know ballots; which share of whom decides is the rulebook's.
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.arithmetic import more_than
from procedures.facts import CaseFacts, MeetingFacts
from procedures.gates.gate import gate, key_at, refuse
from registry.refusals import Refusal
from workflows.rulebook import Rulebook


@gate(needs={"meetings"})
def votes_sum(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """There is a vote on the household, and one ballot for each who may vote.

    Refuses: vote_missing, ballots_do_not_match. Source: L1, P39, P40.
    """
    met = facts.meetings.get(facts.step)
    if met is None:
        return None
    basis = rulebook[key_at(rulebook, "majority_over", facts.step)]
    if met.vote is None:
        return refuse("vote_missing", _("没有登记该户的表决票数"), basis)
    voters = met.present - len(met.recused)
    if met.vote.cast == voters:
        return None
    return refuse(
        "ballots_do_not_match",
        _(
            "赞成、反对、弃权共 %(cast)s 票，实到 %(present)s 人"
            "减回避 %(recused)s 人应为 %(voters)s 票"
        ),
        basis,
        cast=met.vote.cast,
        present=met.present,
        recused=len(met.recused),
        voters=voters,
    )


@gate(needs={"meetings"})
def majority_reached(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """More than the rulebook's share of those present voted for the household.

    Those who recused themselves were present and count.

    Refuses: no_majority. Source: L1 arts 22, 26, 28.
    """
    met = facts.meetings.get(facts.step)
    if met is None or met.vote is None:
        return None
    key = key_at(rulebook, "majority_over", facts.step)
    needed = more_than(rulebook.fraction(key), met.present)
    if met.vote.votes_for >= needed:
        return None
    return refuse(
        "no_majority",
        _("赞成 %(votes)s 票，未过到会 %(present)s 人的半数（须 %(needed)s 票）"),
        rulebook[key],
        votes=met.vote.votes_for,
        present=met.present,
        needed=needed,
    )


@gate(needs={"meetings"})
def tellers_named(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """Teller and scrutineer are two people, and neither is this household's head.

    Refuses: tellers_missing, teller_is_candidate. Source: P39, P40 (shape).
    """
    met = facts.meetings.get(facts.step)
    if met is None:
        return None
    counters = {met.teller, met.scrutineer} - {""}
    if len(counters) < rulebook.whole("tellers"):
        return refuse(
            "tellers_missing",
            _("计票人、监票人须为不同的两个人"),
            rulebook["tellers"],
        )
    if facts.household.head not in counters:
        return None
    return refuse(
        "teller_is_candidate",
        _("%(name)s是被评议户户主，不能计票、监票"),
        rulebook["tellers"],
        name=facts.household.head,
    )


@gate(needs={"meetings", "kin"})
def kin_recused(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """Relatives of the household who ran the meeting recused themselves.

    Refuses: kin_took_part. Source: Q29, Q3 art. 21.
    """
    met = facts.meetings.get(facts.step)
    if met is None:
        return None
    taking_part = (_officials(met) & facts.household.kin) - met.recused
    if not taking_part:
        return None
    return refuse(
        "kin_took_part",
        _("%(names)s与该户有亲属关系，评议该户时没有回避"),
        rulebook["kin_recusal"],
        names=_("、").join(sorted(taking_part)),
    )


def _officials(met: MeetingFacts) -> frozenset[str]:
    return frozenset({met.chair, met.recorder, met.teller, met.scrutineer})
