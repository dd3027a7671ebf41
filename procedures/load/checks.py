"""Loads comparisons, samples, site checks and signatures.

Knows these tables; no gate.
"""

from fractions import Fraction

from procedures.facts import (
    ComparisonFacts,
    HitFacts,
    SampleFacts,
    SignOffFacts,
    SiteCheckFacts,
)
from procedures.filed import SiteCheckRow
from procedures.load.request import Fields, Request, latest_by_step
from procedures.models import Comparison, Finding, Sample, Signer, SignOff


def comparisons(request: Request) -> dict[int, Fields]:
    """Return each case's comparison with its hits."""
    rows = Comparison.objects.filter(case_id__in=request.case_ids).prefetch_related(
        "hits"
    )
    return {row.case_id: {"comparison": _comparison(row)} for row in rows}


def samples(request: Request) -> dict[int, Fields]:
    """Return the sample of each case's list at this step."""
    by_batch = request.filed.samples
    return {
        case.pk: {"sample": _sample(by_batch[case.batch_id], case.pk)}
        for case in request.cases
        if case.batch_id in by_batch
    }


def site_checks(request: Request) -> dict[int, Fields]:
    """Return each case's last check on site at every step."""
    rows = sorted(request.filed.site_checks, key=lambda row: (row.checked_on, row.pk))
    return latest_by_step(rows, "site_checks", _site_check)


def sign_offs(request: Request) -> dict[int, Fields]:
    """Return each case's last signature of every kind."""
    rows = SignOff.objects.filter(case_id__in=request.case_ids)
    found: dict[int, Fields] = {}
    for row in rows.order_by("signed_on", "pk"):
        signed = found.setdefault(row.case_id, {"sign_offs": {}})
        signed["sign_offs"][row.kind] = _sign_off(row)
    return found


def _comparison(row: Comparison) -> ComparisonFacts:
    return ComparisonFacts(
        compared_on=row.compared_on,
        departments=frozenset(row.departments),
        consent=row.consent,
        hits=tuple(
            HitFacts(
                kind=hit.kind,
                label=hit.get_kind_display(),
                department=hit.department,
                decision=hit.decision,
            )
            for hit in row.hits.all()
        ),
    )


def _sample(row: Sample, case_id: int) -> SampleFacts:
    return SampleFacts(
        rate=Fraction(row.rate),
        size=row.size,
        drawn_on=row.drawn_on,
        drawn=case_id in row.case_ids,
    )


def _site_check(row: SiteCheckRow) -> SiteCheckFacts:
    return SiteCheckFacts(
        checked_on=row.checked_on,
        checkers=tuple(row.checkers),
        right=row.finding == Finding.OK,
    )


def _sign_off(row: SignOff) -> SignOffFacts:
    return SignOffFacts(
        signed_on=row.signed_on,
        by_proxy=row.by == Signer.PROXY,
        proxy=row.proxy_name,
        proxy_relation=row.proxy_relation,
        witness=row.witness_name,
        thumb=row.thumb,
        photographed=row.photo_id is not None,
        refused=row.refused,
        refusal_reason=row.refusal_reason,
    )
