"""Half-typed pages and their photos: read from a submit, put aside, shown again.

A draft is its officer's alone. What was overtaken is shown to be copied, never applied.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workflows import clock, drafts
from workflows.drafts import DESK, Files, Where
from workflows.models import Batch, DeskDraft, DraftPhoto
from workflows.models.drafts import Words
from workflows.views import training, verdicts
from workflows.views.access import covered, officer_of
from workflows.views.paging import number

# Fields that steer a page and are no part of what was typed on it.
STEERING = frozenset(
    {"csrfmiddlewaretoken", "do", "version", "step", "next", "kept", "drop"}
)
KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the forms of a page are bound to; `files` holds kept photos too.

    Attributes:
        submitted: whether it is judged now, or only shown again.
    """

    data: MultiValueDict[str, str]
    files: Files
    submitted: bool


@dataclass(slots=True, kw_only=True)
class Kept:
    """What an officer keeps about a list: of this page, and of pages overtaken."""

    here: DeskDraft | None = None
    left: list[DeskDraft] = field(default_factory=list)

    @property
    def restored(self) -> DeskDraft | None:
        """Return the draft that fills this page with more than was saved."""
        return self.here if self.here and _says_something(self.here) else None

    @property
    def sent(self) -> Sent | None:
        """Return the facts typed on this page, to be shown again."""
        found = self.here
        if found is None or not (_typed_facts(found) or found.photos.all()):
            return None
        files: Files = MultiValueDict()
        for photo in found.photos.all():
            files.appendlist(photo.field, photo)
        return Sent(data=found.typed, files=files, submitted=False)


def kept(where: Where) -> Kept:
    """Return the draft of this page and those of steps its list has left."""
    found = Kept()
    for draft in drafts.of_batch(where.officer_id, where.batch):
        if draft.step != where.batch.step:
            found.left += [draft] if _says_something(draft) else []
        elif draft.page == where.page:
            found.here = draft
    return found


def of_desk(request: HttpRequest, batch: Batch) -> DeskDraft | None:
    """Return the verdicts an officer typed last about a list, at whatever step."""
    mine = drafts.of_batch(officer_of(request).pk, batch)
    return next((draft for draft in mine if draft.page == DESK), None)


def sent(request: HttpRequest, where: Where) -> Sent:
    """Return a submitted page, with the photos kept for it that it still shows.

    Effects: a kept photo whose box is ticked is dropped.
    """
    mine = DraftPhoto.objects.filter(
        draft__officer_id=where.officer_id,
        draft__batch=where.batch,
        draft__step=where.step,
        draft__page=where.page,
    )
    drafts.forget_photos(mine.filter(pk__in=_numbers(request, "drop")))
    files: Files = MultiValueDict()
    for photo in mine.filter(pk__in=_numbers(request, "kept")).order_by("pk"):
        files.appendlist(photo.field, photo)
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            files.appendlist(name, upload)
    return Sent(data=request.POST, files=files, submitted=True)


def put_aside(page: Sent, where: Where, words: Words) -> DeskDraft:
    """Keep what a page sent, all but its photos."""
    typed = {k: v for k, v in page.data.lists() if k not in STEERING}
    return drafts.keep(where, MultiValueDict(typed), words, at=clock.wall())


def saved(page: Sent, where: Where, words: Words) -> None:
    """Keep the verdicts alone: everything else on the page has been saved."""
    draft = drafts.keep(where, verdicts.fields_of(page.data), words, at=clock.wall())
    chosen = [one for _name, ones in page.files.lists() for one in ones]
    taken = [one.pk for one in chosen if isinstance(one, DraftPhoto)]
    drafts.forget_photos(draft.photos.filter(pk__in=taken))


def only_kept(
    request: HttpRequest, page: Sent, where: Where, words: Words
) -> HttpResponse | None:
    """Answer a submit by which nothing is to be saved; None for any other.

    The script keeps a page while it is typed; a learner moves the training clock.
    """
    do = request.POST.get("do", "")
    if do != KEEP and do not in training.MOVES:
        return None
    draft = put_aside(page, where, words)
    drafts.keep_photos(draft, page.files)
    if do in training.MOVES:
        return training.moved(request, do)
    said = _("已自动暂存 %(at)s") % {"at": hour(draft.saved_at)}
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


def hour(saved_at: datetime) -> str:
    """Return when a page was kept: the hour, with its day when that is over."""
    at = timezone.localtime(saved_at)
    same_day = at.date() == clock.wall().date()
    return date_format(at, _("G时i分") if same_day else _("n月j日G时i分"))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop one's own draft."""
    mine = DeskDraft.objects.filter(officer=officer_of(request))
    drafts.forget([get_object_or_404(mine, pk=pk)])
    return redirect(training.back(request))


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a kept photo to whoever chose it, while he may read the place."""
    mine = DraftPhoto.objects.filter(draft__officer=officer_of(request))
    found = get_object_or_404(mine.select_related("draft__batch"), pk=pk)
    covered(request, found.draft.batch.place_id)
    if not default_storage.exists(str(found.file.name)):
        raise Http404
    response = HttpResponse(found.picture().data, content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _typed_facts(draft: DeskDraft) -> bool:
    return any(not verdicts.FIELD.fullmatch(name) for name in draft.typed)


def _says_something(draft: DeskDraft) -> bool:
    return bool(draft.words or draft.photos.all())


def _numbers(request: HttpRequest, name: str) -> list[str]:
    return [pk for pk in request.POST.getlist(name) if number(pk) is not None]
