"""The persons a change is about: who joins, who goes, who is what afterwards.

Know the shape of the change that was reported; nothing of its evidence. An ID number
is sealed when it is saved and never shown again.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db import models
from django.forms import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.forms import changed_lines
from procedures.forms.filed import Filed
from procedures.forms.lines import Lines
from procedures.forms.shown import Reading, Text
from procedures.models import ChangedPerson, FamilyChange, Part, Shape
from registry.drafts import MemberDraft
from registry.identity import blind_index, seal
from registry.models import Person
from workflows.models import Case

GOING = {Shape.LEAVES: Part.LEAVES, Shape.PARTS: Part.PARTS, Shape.UNITES: Part.PARTS}
WHOLE = frozenset({Shape.MOVES, Shape.ENDS})


class ChangedPersonsForm(Filed):
    """变动成员: which persons the reported change is about."""

    slug = "persons"
    title = gettext_lazy("变动成员")
    once = True
    groups: ClassVar = ()

    class Meta:
        model = FamilyChange
        fields = ()

    @classmethod
    def filed(cls, step: str) -> dict[str, str]:
        """The change is one for the case, whatever the step."""
        return {}

    @classmethod
    def done(cls, cases: Sequence[Case], *, step: str) -> set[int]:
        """Return the cases whose change needs no person, or has them."""
        rows = FamilyChange.objects.filter(case__in=cases)
        rows = rows.annotate(persons_saved=models.Count("persons"))
        return {r.case_id for r in rows if r.persons_saved or r.shape in WHOLE}

    def prepare(self) -> None:
        saved = self.is_complete
        self.shape = self.instance.shape if saved else None
        self.kept = list(self.instance.persons.order_by("pk")) if saved else []

    def tables(self) -> list[Lines]:
        if self.shape is None or self.shape in WHOLE:
            return []
        if self.shape is Shape.JOINS:
            return [changed_lines.newcomers(self, self.kept)]
        present = self._present()
        return [changed_lines.members(self, self.shape, present, self.kept)]

    def readings(self) -> list[Reading]:
        """Say what comes first while no kind of change is on record."""
        if self.shape is not None:
            return []
        return [Reading(self.title, _("请先填写并保存“变动情况”"), ok=False)]

    def judge(self) -> None:
        if self.shape is None:
            text = _("请先填写并保存“变动情况”")
            self.add_error(None, ValidationError(text, code="change_missing"))
        elif self.formsets and self.shape is not Shape.JOINS:
            self.formsets[0].refuse(*self._unfit(self.formsets[0].written()))

    def write(self, row: Any) -> None:
        """Replace the persons by those on the form."""
        if not self.formsets:
            return
        make = _newcomer if self.shape is Shape.JOINS else _member
        made = [make(row, line) for line in self.formsets[0].written()]
        row.persons.all().delete()
        ChangedPerson.objects.bulk_create(p for p in made if p is not None)

    def summary(self) -> list[tuple[Text, str]]:
        return [(person.get_part_display(), _told(person)) for person in self.kept]

    def _present(self) -> list[Person]:
        present = self.home.members.filter(left_on=None)
        return list(present.order_by("relation", "birth", "pk"))

    def _unfit(self, written: Sequence[Any]) -> Iterator[ValidationError]:
        """Yield what is wrong with the members as they are ticked."""
        present = {member.pk: member.name for member in self._present()}
        for line in written:
            if line["person"] not in present:
                yield ValidationError(_("名单里有人已不是本户成员，请刷新页面"))
            elif self._unrelated(line):
                text = _("须填%(name)s变动后与户主关系")
                yield ValidationError(text % {"name": present[line["person"]]})

    def _unrelated(self, line: Any) -> bool:
        """Say whether somebody goes to another household as nobody's kin."""
        goes = self.shape is Shape.UNITES or line["goes"]
        return self.shape is not Shape.LEAVES and goes and not line["relation"]


def _told(person: ChangedPerson) -> str:
    words = {
        "name": person.person.name if person.person else person.name,
        "relation": person.get_relation_display() or "—",
    }
    return _("%(name)s（%(relation)s）") % words


def _newcomer(row: FamilyChange, line: Any) -> ChangedPerson:
    draft: MemberDraft = line["draft"]
    number = draft.id_number
    return ChangedPerson(
        change=row,
        part=Part.JOINS,
        relation=draft.relation,
        name=draft.name,
        sex=draft.sex,
        birth=draft.birth,
        nationality=draft.nationality,
        id_cipher=seal(number) if number else "",
        id_index=blind_index(number) if number else "",
    )


def _member(row: FamilyChange, line: Any) -> ChangedPerson | None:
    goes = row.shape is Shape.UNITES or line["goes"]
    part = GOING[row.shape] if goes else Part.STAYS
    # Whoever stays and keeps his relation is not concerned.
    if part == Part.STAYS and not line["relation"]:
        return None
    # What somebody who is gone was to the head is nobody's question.
    relation = "" if part == Part.LEAVES else line["relation"]
    return ChangedPerson(
        change=row, part=part, person_id=line["person"], relation=relation
    )
