"""What anybody may learn about a sheet in his hand, without logging in.

Knows papers as rows; must not tell more than the sheet itself told: of a household
paper only that it exists, who issued it, when, and what it is worth.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notices import kinds, marks
from notices.models import Paper, PaperState, Posting

MOST_ANSWERS = 10


class Standing(StrEnum):
    """The answer."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


_STANDING = {
    PaperState.ISSUED: Standing.VALID,
    PaperState.SUPERSEDED: Standing.SUPERSEDED,
    PaperState.WITHDRAWN: Standing.WITHDRAWN,
}

LABELS = {
    Standing.VALID: _("有效"),
    Standing.SUPERSEDED: _("已被替换"),
    Standing.WITHDRAWN: _("已撤销"),
    Standing.UNKNOWN: _("查不到"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the public check page says about one sheet."""

    standing: Standing
    title: str = ""
    number: str = ""
    code: str = ""
    issuer: str = ""
    issued_at: datetime | None = None
    training: bool = False
    # Only of public papers:
    subject: str = ""
    households: int | None = None
    persons: int | None = None
    period: str = ""
    posted_at: datetime | None = None
    objections_to: str = ""
    phone: str = ""
    # Only of papers no longer in force:
    closed_at: datetime | None = None
    reason: str = ""
    successor: "Verdict | None" = None

    @property
    def label(self) -> str:
        """Return the answer in words."""
        return str(LABELS[self.standing])

    @property
    def mark(self) -> str:
        """Return code and seal, for the link to this sheet's own page."""
        return f"{self.code}-{marks.mac(self.code)}"

    @property
    def code_shown(self) -> str:
        """Return the check code as the sheet prints it."""
        return marks.grouped(self.code)


UNKNOWN = Verdict(standing=Standing.UNKNOWN)


def check(code: str, mac: str) -> Verdict:
    """Return what the sheet with this QR code is worth."""
    if not marks.seals(code, mac):
        return UNKNOWN
    paper = _with_issuer().filter(pk=code).first()
    return _verdict(paper) if paper else UNKNOWN


def find(asked: str) -> list[Verdict]:
    """Return the public sheets with this number, or the sheet with this check code.

    Several issuers may share a number. Numbers run on, so anyone could guess those of
    a household's papers: only the code on the sheet, which nobody guesses, opens them.
    """
    asked = asked.replace("\x00", "").strip()  # PostgreSQL refuses NUL
    code = marks.as_code(asked)
    papers = _with_issuer().filter(pk=code) if code else _with_issuer().none()
    if not papers:
        public = [kind.code for kind in kinds.KINDS.values() if kind.public]
        papers = _with_issuer().filter(number=as_number(asked), kind__in=public)
    return [_verdict(paper) for paper in papers[:MOST_ANSWERS]]


def as_number(text: str) -> str:
    """Return a typed number with the brackets offices print."""
    brackets = str.maketrans("[]［］【】()（）{}", "〔〕〔〕〔〕〔〕〔〕〔〕")
    return "".join(text.split()).translate(brackets)


def _with_issuer() -> QuerySet[Paper]:
    return Paper.objects.select_related("issuer", "superseded_by__issuer").order_by(
        "-issued_at"
    )


def _verdict(paper: Paper) -> Verdict:
    return Verdict(
        standing=_STANDING[PaperState(paper.state)],
        title=kinds.named(paper.kind).label,
        number=paper.number,
        code=paper.code,
        issuer=paper.context["issuer_name"],
        issued_at=paper.issued_at,
        training=paper.training,
        closed_at=paper.closed_at,
        reason=_public_reason(paper),
        successor=_verdict(paper.superseded_by) if paper.superseded_by else None,
        **_public(paper),
    )


def _public_reason(paper: Paper) -> str:
    # Why a notice was withdrawn is an officer's free text and may name somebody.
    if paper.state != PaperState.SUPERSEDED or not kinds.named(paper.kind).public:
        return ""
    return paper.closed_reason


def _public(paper: Paper) -> dict:
    if not kinds.named(paper.kind).public:
        return {}
    context = paper.context
    days = context.get("period_days")
    first = Posting.objects.filter(paper=paper).order_by("posted_at").first()
    return {
        "subject": f"{gettext(context['procedure_title'])} {context['batch_title']}",
        "households": len(context["rows"]),
        "persons": sum(row["size"] for row in context["rows"]),
        "period": f"{days}{context.get('day_unit_text', '')}" if days else "",
        "posted_at": first.posted_at if first else None,
        "objections_to": context.get("objections_to") or context["complaint_address"],
        "phone": context["phone"],
    }
