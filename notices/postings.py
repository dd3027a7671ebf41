"""Putting up and taking down notices: the dated proof from which the clock runs.

Knows papers; must not know how long a notice must hang, that is a rulebook's matter.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from notices import kinds
from notices.models import Paper, PaperState, Photo, Posting
from notices.photos import Picture, keep
from permissions.models import Appointment
from registry.refusals import HOUSE_RULE, Grade, Refusal

SOURCE = "湘扶办发〔2014〕6号；《村民委员会组织法》村务公开规定"


@transaction.atomic(savepoint=False)
def record_posting(
    paper: Paper,
    *,
    where: str,
    posted_at: datetime,
    photos: Sequence[Photo],
    posted_by_name: str,
    by: Appointment,
    now: datetime,
) -> Posting | list[Refusal]:
    """Enter that a notice hangs, or return everything that speaks against it.

    Refuses: posting_kind, posting_state, posting_before_issue, posting_future,
        posting_where, posting_photo, posting_by.
    """
    refusals = [
        *_against_paper(paper),
        *_against_time(paper, posted_at, now),
        *_absent(where, posted_by_name, photos),
    ]
    if refusals:
        return refusals
    posting = Posting.objects.create(
        paper=paper,
        where=where.strip(),
        posted_at=posted_at,
        posted_by_name=posted_by_name.strip(),
        recorded_by=by,
        recorded_at=now,
    )
    posting.photos.set(photos)
    return posting


@transaction.atomic(savepoint=False)
def take_down(
    posting: Posting,
    *,
    at: datetime,
    name: str,
    by: Appointment,
    now: datetime,
    photo: Picture | None = None,
) -> Posting | Refusal:
    """Enter who took a notice down, and when.

    Whether it had hung long enough is not asked: that it came down is a fact, and the
    gate on the publicity judges it.

    Refuses: posting_down, posting_by, posting_future, posting_order.
    """
    posting.refresh_from_db(from_queryset=Posting.objects.select_for_update())
    if refusal := _against_taking(posting, at, name, now):
        return refusal
    posting.taken_down_at = at
    posting.taken_down_by_name, posting.taken_down_under = name.strip(), by
    posting.save(
        update_fields=["taken_down_at", "taken_down_by_name", "taken_down_under"]
    )
    if photo is not None:
        place, about = posting.paper.place_id, posting.paper.about
        purpose = {"place_code": place, "about": about, "purpose": "taken_down"}
        posting.photos.add(keep(photo, by=by, at=now, **purpose))
    return posting


def _against_taking(
    posting: Posting, at: datetime, name: str, now: datetime
) -> Refusal | None:
    if posting.taken_down_at is not None:
        return _refuse("posting_down", _("这一处已经登记撤下"))
    if not name.strip():
        return _refuse("posting_by", _("缺撤下人姓名"))
    if at > now:
        return _refuse("posting_future", _("撤下时间不能晚于现在"))
    if at < posting.posted_at:
        return _refuse("posting_order", _("撤下时间不能早于张贴时间"))
    return None


def postings_of(codes: Collection[str]) -> QuerySet[Posting]:
    """Return the postings of some papers, earliest first; the first starts the clock."""
    return (
        Posting.objects.filter(paper_id__in=codes)
        .prefetch_related("photos")
        .order_by("posted_at", "pk")
    )


def _against_paper(paper: Paper) -> list[Refusal]:
    found = []
    if not kinds.named(paper.kind).public:
        text = _("%(number)s不是公示或者公告，不得张贴")
        found.append(_refuse("posting_kind", text % {"number": paper.number}))
    if paper.state != PaperState.ISSUED:
        text = _("%(number)s%(state)s，不得张贴")
        words = {"number": paper.number, "state": paper.get_state_display()}
        found.append(_refuse("posting_state", text % words))
    return found


def _against_time(paper: Paper, posted_at: datetime, now: datetime) -> list[Refusal]:
    found = []
    # By the day: offices write the day of posting, not the minute of issue.
    posted, issued = (
        timezone.localtime(moment).date() for moment in (posted_at, paper.issued_at)
    )
    if posted < issued:
        text = _("张贴日期 %(posted)s 早于出具日期 %(issued)s")
        found.append(
            _refuse("posting_before_issue", text % {"posted": posted, "issued": issued})
        )
    if posted_at > now:
        found.append(_refuse("posting_future", _("张贴时间不能晚于现在")))
    return found


def _absent(where: str, name: str, photos: Sequence[Photo]) -> list[Refusal]:
    wanted = (
        ("posting_where", where.strip(), _("缺张贴地点")),
        ("posting_by", name.strip(), _("缺张贴人姓名")),
        ("posting_photo", photos, _("缺张贴照片")),
    )
    return [_refuse(code, text) for code, given, text in wanted if not given]


def _refuse(code: str, text: str) -> Refusal:
    source = SOURCE if code in {"posting_where", "posting_photo"} else HOUSE_RULE
    return Refusal(code=code, text=text, source=source, grade=Grade.ASSUMED)
