"""Issuing, replacing and withdrawing papers; the only writer of issued papers.

Knows places and officers; must not know batches or cases: `about` is an opaque word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from notices import frozen, glyphs, kinds, marks, numbers, tasks
from notices.models import Paper, PaperState
from notices.press import render, workshop
from permissions.models import Appointment
from registry import places
from registry.models import Place
from registry.places import Level
from registry.refusals import Grade, Refusal
from registry.rows import add_rows

GLYPH_SOURCE = "GB 18030-2022；《通用规范汉字表》"

REISSUED = gettext_noop("重新出具")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper that is to be issued."""

    kind: str
    issuer_code: str
    place_code: str
    about: str
    context: Mapping[str, Any]
    household_id: int | None = None
    # The issuing place's name; looked up where the writer did not say it.
    issuer: str = ""


class Unprintable(ValueError):
    """A name holds a character none of our faces has; `refusals` says whose."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        """Keep the refusals for whoever shows them."""
        super().__init__("; ".join(str(refusal) for refusal in refusals))
        self.refusals = list(refusals)


def place_names(place_code: str) -> dict[Level, str]:
    """Return the name at each level down to the place, in one statement."""
    found = Place.objects.filter(code__in=places.path(place_code))
    return {Level(place.level): place.name for place in found}


def header(kind: str, names: Mapping[Level, str], *, on: date) -> dict[str, Any]:
    """Return the fields of `contexts.Base` for a kind whose issuer has a fixed level.

    `names` comes from `place_names`; when the kind leaves the level open, the lowest
    township-or-higher body speaks, and the caller may replace `issuer_name`.
    """
    level = kinds.named(kind).level or Level.TOWNSHIP
    return {
        "county": names.get(Level.COUNTY, ""),
        "township": names.get(Level.TOWNSHIP, ""),
        "village": names.get(Level.VILLAGE, ""),
        "issuer_name": kinds.issuer_name(kind, names.get(level, ""), level),
        "year": on.year,
        "date": on,
    }


def printable(drafts: Sequence[Draft]) -> list[Refusal]:
    """Return what of these drafts no face of ours can print, with whose name it is."""
    return _missing([frozen.frozen_context(draft.context) for draft in drafts])


def issue(
    drafts: Sequence[Draft],
    *,
    by: Appointment,
    at: datetime,
    training: bool = False,
    first: bool = False,
    witness: str = "",
) -> list[Paper]:
    """Issue the drafts and return the papers in their order.

    `witness` is the ledger's newest checkpoint, printed so that the paper bears witness.

    With `first` the caller knows that nothing of the kind was issued before on these
    subjects, so nothing is looked for to be replaced.

    Effects: one statement each for the issuers' names, the numbers, the papers and
    what they replace (same kind, subject and household); rendering is queued once,
    after commit.
    Raises: frozen.NotAllowed for a context its kind does not allow; Unprintable for a
        missing character. Both before anything is written.
    """
    if not drafts:
        return []
    # Frozen first: what nobody sees is cleaned away, so it stops nobody.
    contexts = [frozen.checked(draft.kind, draft.context) for draft in drafts]
    if refusals := _missing(contexts):
        raise Unprintable(refusals)
    with transaction.atomic(savepoint=False):
        papers = [
            _paper(
                draft,
                context,
                number,
                by=by,
                at=at,
                training=training,
                witness=witness,
            )
            for draft, context, number in zip(
                drafts, contexts, _numbers(drafts, at), strict=True
            )
        ]
        add_rows(papers)
        if not first:
            _supersede(papers, at=at)
        codes = [paper.code for paper in papers]
        transaction.on_commit(partial(tasks.queue, codes))
    return papers


def withdraw(
    codes: Sequence[str], *, by: Appointment, at: datetime, reason: str
) -> int:
    """Declare issued papers void; return how many were still in force.

    Effects: state, time and reason; the sheet keeps its number and its page.
    """
    return Paper.objects.filter(code__in=codes, state=PaperState.ISSUED).update(
        state=PaperState.WITHDRAWN,
        closed_at=at,
        closed_reason=f"{by.recorded_title}：{reason}"[:200],
    )


def supersede(about: str, kind: str, *, successor: str, at: datetime) -> int:
    """Declare the notices of one list replaced by that of another; return how many.

    Effects: state, successor, time and reason; a sheet keeps its number and its page.
    """
    return Paper.objects.filter(about=about, kind=kind, state=PaperState.ISSUED).update(
        state=PaperState.SUPERSEDED,
        superseded_by_id=successor,
        closed_at=at,
        closed_reason=REISSUED,
    )


def preview(kind: str, context: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the PDF of a draft: no number, no code, 草稿 across every page."""
    return workshop.run(
        render.render_pdf,
        kind,
        frozen.checked(kind, context),
        number=render.DRAFT,
        code="",
        issued_at=at,
        watermark=render.DRAFT,
    )


def papers_for(about: str) -> QuerySet[Paper]:
    """Return the papers about one subject, newest first."""
    return Paper.objects.filter(about=about).order_by("-issued_at", "number")


def _numbers(drafts: Sequence[Draft], at: datetime) -> list[str]:
    names = {draft.issuer_code: draft.issuer for draft in drafts}
    unnamed = [code for code, name in names.items() if not name]
    if unnamed:
        places_there = Place.objects.filter(code__in=unnamed)
        names |= dict(places_there.values_list("code", "name"))
    wanted = [
        numbers.Series(draft.issuer_code, _word(draft, names[draft.issuer_code]))
        for draft in drafts
    ]
    return numbers.allocate(wanted, year=timezone.localtime(at).year)


def _word(draft: Draft, issuer: str) -> str:
    level = places.level_of(draft.issuer_code)
    return kinds.short_name(issuer, level) + kinds.named(draft.kind).word


def _paper(
    draft: Draft,
    context: dict[str, Any],
    number: str,
    *,
    by: Appointment,
    at: datetime,
    training: bool,
    witness: str,
) -> Paper:
    return Paper(
        code=marks.new_code(),
        kind=draft.kind,
        number=number,
        issuer_id=draft.issuer_code,
        place_id=draft.place_code,
        household_id=draft.household_id,
        about=draft.about,
        context=context,
        digest=frozen.digest(context),
        template_version=kinds.named(draft.kind).version,
        issued_at=at,
        issued_by_id=by.officer_id,
        issued_under=by,
        training=training,
        witness=witness,
    )


def _supersede(papers: Sequence[Paper], *, at: datetime) -> None:
    codes = [paper.code for paper in papers]
    nobody = Value(0)
    successor = Paper.objects.filter(
        code__in=codes, kind=OuterRef("kind"), about=OuterRef("about")
    ).alias(whose=Coalesce("household_id", nobody))
    successor = successor.filter(whose=Coalesce(OuterRef("household_id"), nobody))
    Paper.objects.filter(
        state=PaperState.ISSUED,
        kind__in={paper.kind for paper in papers},
        about__in={paper.about for paper in papers},
    ).exclude(code__in=codes).annotate(
        next=Subquery(successor.values("code")[:1])
    ).filter(next__isnull=False).update(
        state=PaperState.SUPERSEDED,
        superseded_by_id=Subquery(successor.values("code")[:1]),
        closed_at=at,
        closed_reason=REISSUED,
    )


def _missing(contexts: Sequence[Mapping[str, Any]]) -> list[Refusal]:
    found = dict.fromkeys(
        missing for context in contexts for missing in glyphs.missing_in(context)
    )
    return [_unprintable(missing) for missing in found]


def _unprintable(missing: glyphs.Missing) -> Refusal:
    text = _("%(person)s：“%(character)s”没有字形，无法打印，请核对姓名用字")
    return Refusal(
        code="glyph_missing",
        text=text % {"person": missing.person or "—", "character": missing.shown},
        source=GLYPH_SOURCE,
        grade=Grade.ASSUMED,
    )
