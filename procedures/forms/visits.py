"""Visits to households: who went, when, what they saw.

Know visitors; how many must go is the rulebook's.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures import gates
from procedures.facts import VisitFacts
from procedures.forms import fields
from procedures.forms.filed import Filed
from procedures.forms.lines import LineForm, Lines, lines
from procedures.forms.pictures import PhotosField
from procedures.forms.shown import Group, Reading, Text
from procedures.gates.gate import key_at
from procedures.models import Visit, Visitor


class VisitorLine(LineForm):
    """One person who went."""

    name = fields.NameField(label=gettext_lazy("姓名"))
    unit = fields.words(100, label=gettext_lazy("单位"))


class VisitForm(Filed):
    """入户核实: at least as many visitors as the rulebook asks for."""

    slug = "visit"
    title = gettext_lazy("入户核实")
    picture = "photo"
    groups: ClassVar = (
        Group(gettext_lazy("入户情况"), ("visited_on", "note", "photo")),
    )

    visited_on = fields.DayField(label=gettext_lazy("入户日期"))
    note = fields.words(1000, rows=3, label=gettext_lazy("核实情况"), required=False)
    photo = PhotosField(label=gettext_lazy("入户照片"))

    class Meta:
        model = Visit
        fields = ("visited_on", "note")

    def prepare(self) -> None:
        saved = self.instance.visitors.order_by("pk") if self.is_complete else ()
        self.went = [{"name": one.name, "unit": one.unit} for one in saved]

    def tables(self) -> list[Lines]:
        own = {"name": self.by.officer.full_name, "unit": self.by.place.name}
        return [
            lines(
                VisitorLine,
                title=_("入户人员"),
                hint=_("至少 %(needed)s 人，写真实姓名") % {"needed": self.needed},
                around=self,
                name="visitors",
                saved=self.went or [own],
            )
        ]

    @property
    def needed(self) -> int:
        """Return how many must go, by the rulebook."""
        return self.rulebook.whole(key_at(self.rulebook, "min_visitors", self.step))

    def readings(self) -> list[Reading]:
        if not self.went:
            return []
        law = self.rulebook[key_at(self.rulebook, "min_visitors", self.step)].cited
        count = len({one["name"] for one in self.went})
        said = _("%(count)s 人，须 %(needed)s 人以上") % {
            "count": count,
            "needed": self.needed,
        }
        return [Reading(_("入户人员"), said, count >= self.needed, law)]

    def judge(self) -> None:
        (table,) = self.formsets
        names = tuple(one["name"] for one in table.written())
        facts = VisitFacts(visited_on=self.cleaned_data["visited_on"], visitors=names)
        seen = {self.step: facts}
        table.refuse(*self.by_gates([gates.two_visitors], visits=seen))
        for error in self.by_gates([gates.visit_not_in_future], visits=seen):
            self.add_error("visited_on", error)

    def write(self, row: Any) -> None:
        row.visitors.all().delete()
        once = {(one["name"], one["unit"]) for one in self.formsets[0].written()}
        Visitor.objects.bulk_create(
            Visitor(visit=row, name=name, unit=unit, officer=self._own(name))
            for name, unit in sorted(once)
        )

    def summary(self) -> list[tuple[Text, str]]:
        who = _("、").join(f"{one['unit']}{one['name']}" for one in self.went)
        return [*super().summary(), (_("入户人员"), who)] if who else []

    def _own(self, name: str) -> Any:
        return self.by.officer if name == self.by.officer.full_name else None
