"""The verdicts of a desk page: read from its fields, completed, told apart by a code.

Only exceptions count: a household nobody marked stays "pass".
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from registry.texts import tidy
from workflows.actions import PASS, Kind, Verdict
from workflows.models import Batch

Verdicts = dict[int, Verdict]

WORDS = {
    Kind.PASS: gettext_lazy("同意"),
    Kind.RETURN: gettext_lazy("退回"),
    Kind.REFUSE: gettext_lazy("不同意"),
    Kind.ASIDE: gettext_lazy("暂缓"),
}

# v12, b12, w12: verdict, step to go back to, reason why, of case 12.
FIELD = re.compile(r"[vbw][0-9]+")


def typed(sent: MultiValueDict[str, str] | None, case_ids: Collection[int]) -> Verdicts:
    """Return the verdict on each household: what a desk page says, or "pass"."""
    return {pk: _typed_one(sent, pk) if sent else PASS for pk in case_ids}


def _typed_one(sent: MultiValueDict[str, str], pk: int) -> Verdict:
    raw = sent.get(f"v{pk}", Kind.PASS)
    kind = Kind(raw) if raw in set(Kind) else Kind.PASS
    if kind is Kind.PASS:
        return PASS
    to = sent.get(f"b{pk}", "") if kind is Kind.RETURN else ""
    return Verdict(
        kind=kind, to=to or "", reason=tidy(sent.get(f"w{pk}") or "").strip()
    )


def fields_of(sent: MultiValueDict[str, str]) -> MultiValueDict[str, str]:
    """Return the verdict fields of a page alone."""
    return MultiValueDict({k: v for k, v in sent.lists() if FIELD.fullmatch(k)})


def digest(batch: Batch, verdicts: Mapping[int, Verdict]) -> str:
    """Return the code of exactly this list with exactly these verdicts."""
    rows = [[pk, v.kind.value, v.to, v.reason] for pk, v in sorted(verdicts.items())]
    body = [batch.number, batch.step, batch.version, rows]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()
