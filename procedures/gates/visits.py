"""Gates on the visit: how many went, when, and that none of them is kin.

Know visits; not what has to be found there.
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.facts import CaseFacts
from procedures.gates.gate import gate, key_at, refuse
from registry.refusals import Refusal
from workflows.rulebook import Rulebook


@gate(needs={"visits"})
def two_visitors(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """The household was visited by no fewer people than the rulebook asks for.

    Holds where the rulebook orders no visit at this step and none was made.

    Refuses: visit_missing, too_few_visitors. Source: H2, H3, P2.
    """
    key = key_at(rulebook, "min_visitors", facts.step)
    visit = facts.visits.get(facts.step)
    if visit is None:
        if facts.step not in rulebook.words("visit_steps"):
            return None
        return refuse("visit_missing", _("没有入户记录"), rulebook["visit_steps"])
    present, needed = len(set(visit.visitors)), rulebook.whole(key)
    if present >= needed:
        return None
    return refuse(
        "too_few_visitors",
        _("入户人员 %(present)s 人，至少须 %(needed)s 人"),
        rulebook[key],
        present=present,
        needed=needed,
    )


@gate(needs={"visits", "sent_back"})
def visit_not_in_future(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The visit is not dated ahead, and a returned household was visited anew.

    Refuses: visit_dated_ahead, visit_too_old. Source: P4 (return for
    re-determination).
    """
    visit = facts.visits.get(facts.step)
    if visit is None:
        return None
    if visit.visited_on > today:
        return refuse(
            "visit_dated_ahead",
            _("入户日期 %(on)s 晚于今天"),
            rulebook["visit_steps"],
            on=visit.visited_on,
        )
    if facts.since is not None and visit.visited_on < facts.since:
        return refuse(
            "visit_too_old",
            _("该户于 %(since)s 退回重办，须重新入户（上次入户 %(on)s）"),
            rulebook["renewed_after_return"],
            since=facts.since,
            on=visit.visited_on,
        )
    return None


@gate(needs={"visits", "kin"})
def visitors_not_kin(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """No visitor is a declared relative of the household.

    Refuses: visitor_is_kin. Source: Q29.
    """
    visit = facts.visits.get(facts.step)
    related = facts.household.kin.intersection(visit.visitors if visit else ())
    if not related:
        return None
    return refuse(
        "visitor_is_kin",
        _("入户人员%(names)s与该户有亲属关系，应当回避"),
        rulebook["kin_recusal"],
        names=_("、").join(sorted(related)),
    )
