"""Gates on a reported change of a family: what it needs before it may be entered.

Know what was reported; which paper proves what is the rulebook's, and whether the
register takes it is the register's. Source of the kinds: P19, H4 (law §1.7).
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.change_facts import JOINS, LEAVES, PARTS, STAYS, UNITES, ChangeFacts
from procedures.facts import CaseFacts
from procedures.gates.gate import gate, refuse
from procedures.gates.signatures import dated
from registry.kinship import Relation
from registry.refusals import Refusal
from workflows.rulebook import Rulebook

SIGNED = "family_change"
# The parts without which a change of a shape is about nobody.
NEEDED = {"joins": JOINS, "leaves": LEAVES, "parts": PARTS, UNITES: PARTS}


@gate(needs={"family_change"})
def change_reported(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """A change the rulebook knows is reported, with the persons it is about.

    Refuses: change_missing, change_unknown, change_of_nobody. Source: P19, H4.
    """
    found = facts.change
    if found is None:
        return refuse("change_missing", _("没有登记变动情况"), rulebook["events"])
    if found.event not in rulebook.words("events"):
        return refuse(
            "change_unknown",
            _("本规程没有“%(event)s”这一种变动"),
            rulebook["events"],
            event=found.label,
        )
    part = NEEDED.get(found.shape)
    if part is None or found.of(part):
        return None
    return refuse(
        "change_of_nobody",
        _("“%(event)s”没有登记变动的成员"),
        rulebook["events"],
        event=found.label,
    )


@gate(needs={"family_change"})
def change_evidenced(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The evidence is of a kind the rulebook takes for this change, and photographed.

    Refuses: evidence_not_taken, evidence_missing. Source: P19.
    """
    found = facts.change
    if found is None or (key := f"evidence_{found.event}") not in rulebook.values:
        return None
    if found.evidence not in rulebook.words(key):
        return refuse(
            "evidence_not_taken",
            _("“%(event)s”须有%(papers)s之一"),
            rulebook[key],
            event=found.label,
            papers=_("、").join(rulebook.words(key)),
        )
    if found.photographed or not rulebook.flag("evidence_photographed"):
        return None
    return refuse(
        "evidence_missing",
        _("还没有%(paper)s的照片"),
        rulebook["evidence_photographed"],
        paper=found.evidence,
    )


@gate(needs={"family_change"})
def change_not_in_future(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The change has happened, and while the household was on the register.

    Refuses: change_dated_ahead, change_before_household, change_before_birth.
    Source: P19.
    """
    found = facts.change
    if found is None:
        return None
    basis = rulebook.step(facts.step)
    if found.happened_on > today:
        return refuse(
            "change_dated_ahead",
            _("发生日期 %(on)s 晚于今天"),
            basis,
            on=found.happened_on,
        )
    if found.happened_on < found.since:
        return refuse(
            "change_before_household",
            _("发生日期 %(on)s 早于本户入册日期 %(since)s"),
            basis,
            on=found.happened_on,
            since=found.since,
        )
    unborn = [
        p.name for p in found.of(JOINS) if p.birth and p.birth > found.happened_on
    ]
    if not unborn:
        return None
    return refuse(
        "change_before_birth",
        _("%(names)s的出生日期晚于发生日期"),
        basis,
        names=_("、").join(unborn),
    )


@gate(needs={"family_change"})
def members_still_there(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Whoever leaves was a member on that day, is one now, and somebody stays.

    A merger takes all members along, so nobody may be left out of it.

    Refuses: not_member_then, nobody_stays, members_left_out. Source: P19.
    """
    found = facts.change
    if found is None:
        return None
    basis = rulebook["events"]
    gone = [
        p.name
        for p in found.of(LEAVES, PARTS, STAYS)
        if p.left or (p.part != STAYS and p.joined_after(found.happened_on))
    ]
    if gone:
        names = _("、").join(gone)
        text = _("%(names)s在发生日期不是本户成员，或者已经离开")
        return refuse("not_member_then", text, basis, names=names)
    going = {p.pk for p in found.of(LEAVES, PARTS)}
    if found.shape == UNITES:
        return _left_out(found, going, rulebook)
    if going and going >= found.members:
        text = _("全户都离开的，按整户迁出或自然销户办理")
        return refuse("nobody_stays", text, basis)
    return None


def _left_out(
    found: ChangeFacts, going: set[int | None], rulebook: Rulebook
) -> Refusal | None:
    if not going or going == found.members:
        return None
    text = _("并户须写明每名成员与新户主的关系")
    return refuse("members_left_out", text, rulebook["events"])


@gate(needs={"family_change"})
def newcomers_identified(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Newcomers have an ID number, if the change asks for one, and are nowhere else.

    Refuses: number_missing, present_elsewhere. Source: P19.
    """
    found = facts.change
    if found is None:
        return None
    if found.event not in rulebook.words("without_number"):
        bare = [p.name for p in found.of(JOINS) if not p.numbered]
        if bare:
            return refuse(
                "number_missing",
                _("%(names)s没有证件号码；只有新生儿可以暂缺"),
                rulebook["without_number"],
                names=_("、").join(bare),
            )
    for person in found.of(JOINS):
        if person.elsewhere:
            return refuse(
                "present_elsewhere",
                _("%(name)s现登记在%(village)s的另一户中，须先办理减少"),
                rulebook["whole_household"],
                name=person.name,
                village=person.elsewhere,
            )
    return None


@gate(needs={"family_change"})
def new_head_named(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """Where the head goes, another is named; who parts has a head of its own.

    Everybody's relation to the new head is told by the household, never guessed.

    Refuses: new_head_missing, relations_missing, parting_head. Source: P19, G11.
    """
    found = facts.change
    if found is None:
        return None
    basis = rulebook["new_head_named"]
    if found.shape == PARTS and not _one_head(found, PARTS):
        text = _("分出的户须有一名户主")
        return refuse("parting_head", text, basis)
    if found.shape == UNITES or not (found.head_goes or found.of(STAYS)):
        return None
    if not _one_head(found, STAYS):
        text = _("户主%(event)s的，须在留下的成员中指定一名户主")
        return refuse("new_head_missing", text, basis, event=found.label)
    told = {
        p.pk for p in found.of(LEAVES, PARTS, STAYS) if p.part != STAYS or p.relation
    }
    if told >= found.members:
        return None
    text = _("须写明留下的每名成员与新户主的关系")
    return refuse("relations_missing", text, basis)


def _one_head(found: ChangeFacts, part: str) -> bool:
    match [p for p in found.of(part) if p.relation == Relation.HEAD]:
        case [_head]:
            return True
    return False


@gate(needs={"family_change"})
def change_alone(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """No other open case changes the same person, or the same household as a whole.

    Refuses: changed_elsewhere, household_busy. Source: P1 (whole household).
    """
    found = facts.change
    if found is None:
        return None
    basis = rulebook["whole_household"]
    for person in found.persons:
        if person.reported:
            return refuse(
                "changed_elsewhere",
                _("%(name)s的变动已在批次 %(numbers)s 中办理"),
                basis,
                name=person.name,
                numbers=_("、").join(person.reported),
            )
    if found.busy and found.shape not in {"joins", "leaves"}:
        return refuse(
            "household_busy",
            _("“%(event)s”涉及整户，须等%(busy)s办结"),
            basis,
            event=found.label,
            busy=_("、").join(found.busy),
        )
    return None


@gate(needs={"family_change"})
def target_fits(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """The household that another joins still stands, and stands alike.

    Refuses: target_closed, target_differs. Source: P1.
    """
    found = facts.change
    if found is None or found.target_open is None:
        return None
    if not found.target_open:
        text = _("要并入的%(target)s户已注销")
        basis = rulebook["merge_same_standing"]
        return refuse("target_closed", text, basis, target=found.target)
    if found.same_standing or not rulebook.flag("merge_same_standing"):
        return None
    return refuse(
        "target_differs",
        _("与%(target)s户的建档状态不同，不能并户"),
        rulebook["merge_same_standing"],
        target=found.target,
    )


@gate(needs={"sign_offs", "sent_back"})
def report_signed(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """The registration form came back signed by the head, or by who speaks for him.

    Refuses: form_unsigned, form_dated_ahead, form_too_old. Source: P19, P4.
    """
    signed = facts.sign_offs.get(SIGNED)
    if signed is None or signed.refused or not signed.photographed:
        return refuse(
            "form_unsigned",
            _("家庭成员变更登记表还没有户主签字的照片"),
            rulebook["report_signed"],
        )
    return dated("form", signed, facts, rulebook, today)
