"""The tables of persons a change is about: newcomers described, members ticked.

Know rows and what the register says of one; not which change asks for them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.forms import fields, sayings
from procedures.forms.lines import LineForm, Lines, lines
from procedures.models import ChangedPerson, Part, Shape
from registry.codes import Sex
from registry.drafts import MemberDraft
from registry.identity import mask, unseal
from registry.kinship import Relation
from registry.models import Person
from registry.nationalities import Nationality
from registry.validity import checked_member

DESCRIBED = ("name", "relation", "sex", "birth", "nationality")
HINTS = {
    Shape.LEAVES: gettext_lazy(
        "勾选离开的人；户主离开的，为留下的每个人重填关系，并指定新户主"
    ),
    Shape.PARTS: gettext_lazy(
        "勾选分出的人，填他们与新户户主的关系；户主分出的，留下的人也要重填"
    ),
    Shape.UNITES: gettext_lazy("为每个人填与并入户户主的关系"),
}


class NewcomerLine(LineForm):
    """One person who joins; sex and birth may be left to the ID number."""

    row = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = fields.NameField(label=gettext_lazy("姓名"))
    relation = fields.picked(Relation, label=gettext_lazy("与户主关系"))
    id_number = fields.words(30, label=gettext_lazy("证件号码"), required=False)
    sex = fields.picked(Sex, label=gettext_lazy("性别"), required=False)
    birth = fields.BirthField(label=gettext_lazy("出生日期"), required=False)
    nationality = fields.picked(Nationality, label=gettext_lazy("民族"), required=False)

    def __init__(self, *args: Any, kept: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kept = kept

    def clean(self) -> dict[str, Any]:
        """Let the register's own rules judge the person."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        number = typed["id_number"] or self.kept.get(typed["row"] or 0, "")
        draft = MemberDraft(id_number=number, **{c: typed[c] for c in DESCRIBED})
        checked = checked_member(draft, on=self.now.date())
        if isinstance(checked, list):
            for refusal in checked:
                self.add_error(None, sayings.refused(refusal))
        else:
            typed["draft"] = checked
        return typed


class MemberLine(LineForm):
    """One member: does he go, and what is he to the head afterwards?"""

    person = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("姓名"), disabled=True, required=False)
    now_is = forms.CharField(
        label=gettext_lazy("现在与户主关系"), disabled=True, required=False
    )
    goes = fields.tick(label=gettext_lazy("离开本户"))
    relation = fields.picked(
        Relation, label=gettext_lazy("变动后与户主关系"), required=False
    )

    @property
    def is_blank(self) -> bool:
        """A member's line is never blank: it says that he stays."""
        return False


def newcomers(around: Any, kept: Iterable[ChangedPerson]) -> Lines:
    """Return the table of those who join; a saved ID number is not shown again."""
    known = list(kept)
    numbers = {p.pk: unseal(p.id_cipher) for p in known if p.id_cipher}
    hint = _("新生儿没有证件号码的，填性别和出生日期")
    if numbers:
        masked = _("、").join(mask(number) for number in numbers.values())
        saved = _("已保存证件号码%(masked)s，不改就不用再填")
        hint = saved % {"masked": masked}
    return lines(
        NewcomerLine,
        title=_("增加的成员"),
        hint=hint,
        around=around,
        name="newcomers",
        saved=[{"row": p.pk, **{n: getattr(p, n) for n in DESCRIBED}} for p in known],
        spare=2,
        kept=numbers,
    )


def members(
    around: Any, shape: Shape, present: Iterable[Person], kept: Iterable[ChangedPerson]
) -> Lines:
    """Return the table of the members, each with what was saved of him."""
    known = {person.person_id: person for person in kept}
    return lines(
        MemberLine,
        title=_("本户成员"),
        hint=HINTS[shape],
        around=around,
        name="members",
        saved=[_member(shape, member, known.get(member.pk)) for member in present],
        spare=0,
    )


def _member(shape: Shape, member: Person, saved: ChangedPerson | None) -> Any:
    gone = saved is not None and saved.part != Part.STAYS
    return {
        "person": member.pk,
        "name": member.name,
        "now_is": member.get_relation_display(),
        "goes": shape is Shape.UNITES or gone,
        "relation": saved.relation if saved else "",
    }
