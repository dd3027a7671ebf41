"""What an officer has decided at a desk but not yet signed, kept in his session.

Only exceptions are kept: a household he did not mark stays "pass".
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest, QueryDict

from workflows.actions import PASS, Kind, Verdict
from workflows.models import Batch

Verdicts = dict[int, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Verdicts typed for one step of one batch.

    Attributes:
        key: makes a repeated submit harmless.
        version: of the batch when they were typed.
    """

    key: str
    step: str
    version: int
    verdicts: Verdicts


def typed(post: QueryDict, case_ids: Collection[int]) -> Verdicts:
    """Return the verdict fields of a desk page, one per household."""
    return {pk: _typed_one(post, pk) for pk in case_ids}


def _typed_one(post: QueryDict, pk: int) -> Verdict:
    raw = post.get(f"v{pk}", Kind.PASS)
    kind = Kind(raw) if raw in set(Kind) else Kind.PASS
    if kind is Kind.PASS:
        return PASS
    to = post.get(f"b{pk}", "") if kind is Kind.RETURN else ""
    return Verdict(kind=kind, to=to, reason=post.get(f"w{pk}", "").strip())


def keep(request: HttpRequest, batch: Batch, verdicts: Mapping[int, Verdict]) -> None:
    """Put the exceptions into the session, under a fresh key."""
    request.session[_slot(batch)] = {
        "key": uuid4().hex,
        "step": batch.step,
        "version": batch.version,
        "verdicts": {
            str(pk): [verdict.kind.value, verdict.to, verdict.reason]
            for pk, verdict in verdicts.items()
            if verdict.kind is not Kind.PASS
        },
    }


def kept(request: HttpRequest, batch: Batch) -> Draft | None:
    """Return what was typed for this batch, or nothing."""
    found = request.session.get(_slot(batch))
    if found is None:
        return None
    verdicts = {
        int(pk): Verdict(kind=Kind(kind), to=to, reason=reason)
        for pk, (kind, to, reason) in found["verdicts"].items()
    }
    return Draft(
        key=found["key"],
        step=found["step"],
        version=found["version"],
        verdicts=verdicts,
    )


def forget(request: HttpRequest, batch: Batch) -> None:
    """Drop what was typed: it has been signed."""
    request.session.pop(_slot(batch), None)


def complete(draft: Draft | None, case_ids: Collection[int], step: str) -> Verdicts:
    """Return a verdict for every household: the exception typed, or "pass"."""
    found = draft.verdicts if draft and draft.step == step else {}
    return {pk: found.get(pk, PASS) for pk in case_ids}


def digest(batch: Batch, verdicts: Mapping[int, Verdict]) -> str:
    """Return the code of exactly this list with exactly these verdicts."""
    rows = [[pk, v.kind.value, v.to, v.reason] for pk, v in sorted(verdicts.items())]
    body = [batch.number, batch.step, batch.version, rows]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


def _slot(batch: Batch) -> str:
    return f"desk-{batch.pk}"
