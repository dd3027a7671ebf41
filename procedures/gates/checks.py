"""Gates on the checks of upper offices: drawn by lot, visited, found right.

Know samples and site checks; shares and numbers are the rulebook's.
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.arithmetic import to_draw
from procedures.facts import CaseFacts, SiteCheckFacts
from procedures.gates.gate import gate, key_at, refuse
from registry.refusals import Refusal
from workflows.rulebook import Rulebook


@gate(needs={"sample"})
def sample_drawn(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """Households were drawn for a check, no fewer than the rulebook's share.

    Refuses: sample_missing, sample_too_small. Source: P37.
    """
    key = key_at(rulebook, "sample_rate", facts.step)
    rate = rulebook.fraction(key)
    needed = to_draw(rate, facts.listed)
    if facts.sample is None:
        return refuse(
            "sample_missing",
            _("还没有抽取核查户（名单 %(listed)s 户，至少抽 %(needed)s 户）"),
            rulebook[key],
            listed=facts.listed,
            needed=needed,
        )
    if facts.sample.rate >= rate and facts.sample.size >= needed:
        return None
    return refuse(
        "sample_too_small",
        _("抽取 %(drawn)s 户，名单 %(listed)s 户至少抽 %(needed)s 户"),
        rulebook[key],
        drawn=facts.sample.size,
        listed=facts.listed,
        needed=needed,
    )


@gate(needs={"sample", "site_checks", "sent_back"})
def site_checked(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """A drawn household was visited by enough people, not ahead, anew after a return.

    Refuses: site_check_missing, too_few_checkers, site_check_dated_ahead,
        site_check_too_old. Source: P37, P2 (number of people), P4.
    """
    key = key_at(rulebook, "min_checkers", facts.step)
    check = facts.site_checks.get(facts.step)
    if check is None:
        if facts.sample is None or not facts.sample.drawn:
            return None
        return refuse(
            "site_check_missing", _("抽中户还没有实地核查记录"), rulebook[key]
        )
    present, needed = len(set(check.checkers)), rulebook.whole(key)
    if present < needed:
        return refuse(
            "too_few_checkers",
            _("核查人员 %(present)s 人，至少须 %(needed)s 人"),
            rulebook[key],
            present=present,
            needed=needed,
        )
    if check.checked_on > today:
        return refuse(
            "site_check_dated_ahead",
            _("核查日期 %(on)s 晚于今天"),
            rulebook[key],
            on=check.checked_on,
        )
    return _checked_anew(facts, check, rulebook)


def _checked_anew(
    facts: CaseFacts, check: SiteCheckFacts, rulebook: Rulebook
) -> Refusal | None:
    """A drawn household's check from before its return does not count."""
    drawn = facts.sample is not None and facts.sample.drawn
    if not drawn or facts.since is None or check.checked_on >= facts.since:
        return None
    return refuse(
        "site_check_too_old",
        _("该户于 %(since)s 退回重办，须重新核查（上次核查 %(on)s）"),
        rulebook["renewed_after_return"],
        since=facts.since,
        on=check.checked_on,
    )


@gate(needs={"site_checks", "kin"})
def checkers_not_kin(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Nobody who checked on site is a declared relative of the household.

    Refuses: checker_is_kin. Source: Q29.
    """
    check = facts.site_checks.get(facts.step)
    related = facts.household.kin.intersection(check.checkers if check else ())
    if not related:
        return None
    return refuse(
        "checker_is_kin",
        _("核查人员%(names)s与该户有亲属关系，应当回避"),
        rulebook["kin_recusal"],
        names=_("、").join(sorted(related)),
    )


@gate(needs={"site_checks"})
def site_check_passed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """What was found on site agrees with the file.

    Refuses: site_check_failed. Source: P4 (return of the unqualified).
    """
    check = facts.site_checks.get(facts.step)
    if check is None or check.right:
        return None
    return refuse(
        "site_check_failed",
        _("%(on)s 实地核查不属实，须退回或不同意"),
        rulebook["renewed_after_return"],
        on=check.checked_on,
    )
