"""A round's outcome as facts of cases: the comparison, and a hit for each match.

Knows the tables gates read; decides nothing: a hit that came from a round is decided
there, and its copy here follows.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext, override

from notices.models import Photo
from procedures.models import Comparison, Hit
from workflows.comparing.deciding import EXCEPTION
from workflows.comparing.handing import Outcome
from workflows.models import Match

LONGEST_DETAIL = 200
# What a hit copies from its match whenever the match was decided anew.
COPIED = (
    "kind",
    "department",
    "detail",
    "found_on",
    "explanation",
    "evidence_id",
    "decision",
    "decided_by_id",
    "decided_on",
)


def take_over(outcomes: Sequence[Outcome]) -> None:
    """Write what a round found out about these cases; run twice, it does it once.

    Effects: a comparison per case, or its departments added to; a hit per match,
    changed when the match was; hits whose match stands no longer removed. Eight
    statements whatever the number of cases.
    """
    comparisons = _comparisons(outcomes)
    wanted = {
        (comparisons[outcome.case.pk].pk, match.pk): (outcome, match)
        for outcome in outcomes
        for match in outcome.matches
    }
    rows = Hit.objects.filter(
        comparison__in=[row.pk for row in comparisons.values()],
        match__round__in={outcome.round.pk for outcome in outcomes},
    )
    kept = {(hit.comparison_id, hit.match_id): hit for hit in rows}
    gone = [hit.pk for key, hit in kept.items() if key not in wanted]
    if gone:
        Hit.objects.filter(pk__in=gone).delete()
    proofs = _proofs(match for _outcome, match in wanted.values())
    new: list[Hit] = []
    changed: list[Hit] = []
    for key, (outcome, match) in wanted.items():
        hit = kept.get(key) or Hit(comparison_id=key[0], match=match)
        _copy(hit, match, outcome, proofs)
        (changed if hit.pk else new).append(hit)
    Hit.objects.bulk_create(new)
    Hit.objects.bulk_update(changed, COPIED, batch_size=500)


def _comparisons(outcomes: Sequence[Outcome]) -> Mapping[int, Comparison]:
    """Return the comparison of each case, written from the round or added to by it."""
    cases = [outcome.case.pk for outcome in outcomes]
    found = {row.case_id: row for row in Comparison.objects.filter(case__in=cases)}
    known = set(found)
    for outcome in outcomes:
        row = found.get(outcome.case.pk) or Comparison(
            case_id=outcome.case.pk,
            compared_on=outcome.compared_on,
            departments=[],
            recorded_by=outcome.by,
            recorded_at=outcome.at,
        )
        row.compared_on = max(row.compared_on, outcome.compared_on)
        row.departments = list(dict.fromkeys([*row.departments, *outcome.departments]))
        row.consent = row.consent or outcome.round.authorised
        row.round = outcome.round
        found[row.case_id] = row
    Comparison.objects.bulk_create(r for pk, r in found.items() if pk not in known)
    Comparison.objects.bulk_update(
        [row for pk, row in found.items() if pk in known],
        ("compared_on", "departments", "consent", "round"),
        batch_size=500,
    )
    return found


def _proofs(matches: Iterable[Match]) -> Mapping[str, int]:
    """Return the newest photo by what it is about."""
    about = [match.about for match in matches]
    photos = Photo.objects.filter(about__in=about).order_by("pk")
    return dict(photos.values_list("about", "pk"))


def _copy(hit: Hit, match: Match, outcome: Outcome, proofs: Mapping[str, int]) -> None:
    hit.person_id = match.person_id
    hit.kind, hit.department = match.kind, match.office
    hit.detail = _detail(match)[:LONGEST_DETAIL]
    hit.found_on = match.found_on or outcome.compared_on
    hit.explanation = _explanation(match, outcome)
    hit.evidence_id = proofs.get(match.about)
    hit.decision = match.decision
    decided = match.decided_by, match.decided_at
    hit.decided_by_id = decided[0].officer_id if decided[0] else None
    hit.decided_on = timezone.localdate(decided[1]) if decided[1] else None


def _detail(match: Match) -> str:
    """Return what was found and about whom, in the words of records: Chinese."""
    parts = [match.detail]
    with override("zh-hans"):
        if match.kin:
            told = gettext("户外%(relation)s%(name)s")
            relation = match.kin.get_relation_display()
            parts.insert(0, told % {"relation": relation, "name": match.kin.name})
        if match.name_differs:
            told = gettext("部门登记姓名%(name)s，须核对")
            parts.append(told % {"name": match.name_given})
    return "；".join(parts)


def _explanation(match: Match, outcome: Outcome) -> str:
    if not match.exception:
        return match.explanation
    article = outcome.round.bound_rulebook[EXCEPTION + match.exception].article
    return f"{article}：{match.explanation}"
