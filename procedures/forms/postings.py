"""The notice on the wall: where it hangs, since when, who put it up, its photos.

Knows spots; how long it must hang is not asked here.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices import kinds
from notices.models import Paper, PaperState, Photo, Posting
from notices.postings import postings_of, record_posting
from procedures.forms import fields, pictures, sayings
from procedures.forms.fact import Fact
from procedures.forms.lines import LineForm, Lines, lines
from procedures.forms.shown import Reading, Text
from procedures.gates.gate import key_at
from workflows.procedure import named


class PostingLine(LineForm):
    """One sheet at one spot; a spot without a time is not posted yet."""

    preset = frozenset({"where", "posted_by"})

    where = fields.words(100, label=gettext_lazy("张贴地点"))
    posted_at = fields.MomentField(label=gettext_lazy("张贴时间"))
    posted_by = fields.NameField(label=gettext_lazy("张贴人"))
    photos = pictures.PhotosField(
        label=gettext_lazy("照片"), several=True, required=True
    )

    def __init__(self, *args: Any, paper: Paper | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.paper = paper

    def clean_posted_at(self) -> Any:
        """No notice hangs on the wall before it was issued: asked by the day."""
        typed = self.cleaned_data["posted_at"]
        issued = self.paper.issued_at if self.paper else typed
        if timezone.localdate(typed) < timezone.localdate(issued):
            days = timezone.localdate(typed), timezone.localdate(issued)
            text = sayings.before(days[0], _("文书出具日期"), days[1])
            raise forms.ValidationError(text, code="posting_before_issue")
        return min(typed, self.now)


class PostingForm(Fact, forms.Form):
    """张贴: the paper this step puts up, spot by spot, each with its photo."""

    slug = "posting"
    title = gettext_lazy("张贴记录")

    def prepare(self) -> None:
        self.kind = named(self.batch.procedure).step(self.step).posts
        issued = Paper.objects.filter(
            kind=self.kind, about=self.batch.about, state=PaperState.ISSUED
        )
        self.paper = issued.order_by("-issued_at", "-pk").first()
        self.hanging: list[Posting] = (
            list(postings_of([self.paper.pk])) if self.paper else []
        )

    def tables(self) -> list[Lines]:
        if self.paper is None:
            return []
        name = self.by.officer.full_name
        return [
            lines(
                PostingLine,
                title=_("在哪里张贴"),
                hint=_("已张贴的填时间、传照片，没有张贴的留空"),
                around=self,
                name="spots",
                saved=[
                    {"where": where, "posted_by": name} for where in self._waiting()
                ],
                spare=1,
                paper=self.paper,
            )
        ]

    @property
    def is_complete(self) -> bool:
        """Return whether the notice hangs somewhere."""
        return bool(self.hanging)

    def readings(self) -> list[Reading]:
        law = self.rulebook["publicity_days"].cited
        if self.paper is None:
            return [Reading(kinds.named(self.kind).label, _("还没有出具"), ok=False)]
        issued = _("%(number)s，%(day)s出具") % {
            "number": self.paper.number,
            "day": sayings.spelled(timezone.localdate(self.paper.issued_at)),
        }
        found = [Reading(kinds.named(self.kind).label, issued, None, law)]
        return [*found, *(Reading(*said, ok=True) for said in self.summary())]

    def photos(self) -> list[Photo]:
        return [photo for sheet in self.hanging for photo in sheet.photos.all()]

    def summary(self) -> list[tuple[Text, str]]:
        return [
            (
                sheet.where,
                _("%(at)s，%(name)s张贴")
                % {
                    "at": sayings.spelled(sheet.posted_at),
                    "name": sheet.posted_by_name,
                },
            )
            for sheet in self.hanging
        ]

    def save(self) -> list[Posting]:
        """Record every spot typed; call in a transaction.

        Effects: postings and their photos inserted.

        Raises:
            ValueError: the paper was replaced while the page was open.
        """
        return [self._record(spot) for spot in self.formsets[0].written()]

    def _record(self, spot: Mapping[str, Any]) -> Posting:
        if self.paper is None:
            raise ValueError("no notice to post")
        posting = record_posting(
            self.paper,
            where=spot["where"],
            posted_at=spot["posted_at"],
            photos=pictures.keep(self, spot["photos"], self.slug),
            posted_by_name=spot["posted_by"],
            by=self.by,
            now=self.now,
        )
        if isinstance(posting, list):
            raise ValueError("; ".join(str(refusal) for refusal in posting))
        return posting

    def _waiting(self) -> list[str]:
        """Return the spots without a sheet, those the rulebook wants first."""
        wanted = self.rulebook.words(key_at(self.rulebook, "posting_places", self.step))
        offered: tuple[str, ...] = ()
        if "posting_places_offered" in self.rulebook.values:
            offered = self.rulebook.words("posting_places_offered")
        shown = {sheet.where for sheet in self.hanging}
        spots = dict.fromkeys([*wanted, *offered])
        return [where for where in spots if where not in shown]
