"""The report of a family's change: what happened, when, who says so, what proves it.

Know evidence and where to; which evidence is taken is the rulebook's, who is concerned
stands on the next form.
"""

from typing import Any, ClassVar

from django import forms
from django.forms import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.forms import fields
from procedures.forms.filed import Filed
from procedures.forms.pictures import PhotosField
from procedures.forms.shown import Group
from procedures.models import FamilyChange, FamilyEvent, Shape
from registry.models import Household, Place
from registry.places import Level, ancestor, span


class OtherHousehold(forms.ModelChoiceField):
    """Another household of the village, told by group, head and number."""

    def label_from_instance(self, obj: Household) -> str:
        return f"{obj.group} {obj.head_name}（{obj.number}）"


class Village(forms.ModelChoiceField):
    """Another village of the county, told by township and name."""

    def label_from_instance(self, obj: Place) -> str:
        return f"{obj.parent} {obj.name}" if obj.parent else obj.name


class ChangeForm(Filed):
    """变动情况: one change of one household."""

    slug = "change"
    title = gettext_lazy("变动情况")
    once = True
    picture = "photo"
    groups: ClassVar = (
        Group(gettext_lazy("发生了什么"), ("event", "happened_on", "note")),
        Group(gettext_lazy("谁申报"), ("reporter", "reporter_is")),
        Group(
            gettext_lazy("证明材料"),
            ("evidence", "evidence_number", "photo"),
            gettext_lazy("照片须看得清名称、编号和印章"),
        ),
        Group(
            gettext_lazy("涉及整户的另填"),
            ("other", "village", "group"),
            gettext_lazy(
                "并户填并入哪一户；县内整户迁移填迁入村和小组；分户填新户的小组"
            ),
        ),
    )

    event = fields.picked(FamilyEvent, label=gettext_lazy("变动种类"))
    happened_on = fields.DayField(label=gettext_lazy("发生日期"))
    note = fields.words(300, rows=2, label=gettext_lazy("说明"), required=False)
    reporter = fields.NameField(label=gettext_lazy("申报人"))
    reporter_is = fields.words(30, label=gettext_lazy("与户主关系或者职务"))
    evidence = fields.picked((), label=gettext_lazy("证明材料"))
    evidence_number = fields.words(60, label=gettext_lazy("证明编号"), required=False)
    photo = PhotosField(label=gettext_lazy("证明材料照片"))
    other = OtherHousehold(
        Household.objects.none(),
        label=gettext_lazy("并入哪一户"),
        required=False,
        empty_label="—",
    )
    village = Village(
        Place.objects.none(),
        label=gettext_lazy("迁入村"),
        required=False,
        empty_label="—",
    )
    group = fields.words(30, label=gettext_lazy("新的村民小组"), required=False)

    class Meta:
        model = FamilyChange
        fields = (
            "event",
            "happened_on",
            "note",
            "reporter",
            "reporter_is",
            "evidence",
            "evidence_number",
            "other",
            "village",
            "group",
        )

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        saved = self.initial.get("event")
        self.was = FamilyEvent(saved).shape if saved else None

    @classmethod
    def filed(cls, step: str) -> dict[str, str]:
        """A change is one for the case, whatever the step."""
        return {}

    def prepare(self) -> None:
        known = self.rulebook.words("events")
        offered = [c for c in FamilyEvent.choices if c[0] in known]
        fields.offer(self, "event", [("", "—"), *offered])
        fields.quote(self, "event", self.rulebook["events"].cited)
        fields.offer(self, "evidence", [("", "—"), *self._papers(known)])
        home = self.home
        beside = Household.objects.filter(place=home.place_id, until=None)
        low, high = span(ancestor(home.place_id, Level.COUNTY))
        villages = Place.objects.filter(
            code__gte=low, code__lt=high, level=Level.VILLAGE, valid_to=None
        )
        self._rows("other", beside.exclude(pk=home.pk).order_by("group", "number"))
        self._rows("village", villages.exclude(pk=home.place_id))

    def clean_other(self) -> Household | None:
        """Only a merger has another household; one chosen before is dropped."""
        return self._only("other", Shape.UNITES)

    def clean_village(self) -> Place | None:
        """Only a move goes to another village."""
        return self._only("village", Shape.MOVES)

    def clean_group(self) -> str:
        """Only who moves or parts gets another group."""
        return self._only("group", Shape.MOVES, Shape.PARTS) or ""

    def judge(self) -> None:
        """Say which evidence the rulebook takes for this change."""
        event, paper = FamilyEvent(self.cleaned_data["event"]), "evidence"
        taken = self.rulebook.words(f"evidence_{event.value}")
        if self.cleaned_data[paper] in taken:
            return
        text = _("“%(event)s”须有%(papers)s之一") % {
            "event": event.label,
            "papers": _("、").join(taken),
        }
        self.add_error(paper, ValidationError(text, code="evidence_not_taken"))

    def write(self, row: Any) -> None:
        """Persons of a change of another shape are not these persons."""
        if self.was is not row.shape:
            row.persons.all().delete()

    def _only(self, name: str, *shapes: Shape) -> Any:
        event = self.cleaned_data.get("event")
        fits = event and FamilyEvent(event).shape in shapes
        return self.cleaned_data[name] if fits else None

    def _papers(self, events: tuple[str, ...]) -> list[tuple[str, str]]:
        keys = (f"evidence_{event}" for event in events)
        listed = [p for key in keys for p in self.rulebook.words(key)]
        return [(paper, paper) for paper in dict.fromkeys(listed)]

    def _rows(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows.select_related("parent") if name == "village" else rows
