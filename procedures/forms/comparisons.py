"""The comparison with the departments' records and its hits, decided one by one.

Know hits and who decided; which kinds exclude is the rulebook's.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.models import Photo
from procedures.forms import fields, pictures
from procedures.forms.filed import Filed
from procedures.forms.lines import LineForm, Lines, lines
from procedures.forms.shown import Group, Text
from procedures.models import Comparison, Decision, Hit, HitKind

SAID = ("kind", "department", "detail", "found_on", "explanation", "decision")
WHOLE_HOUSEHOLD = gettext_lazy("全户")


class HitLine(LineForm):
    """One find of one department, and what was decided about it."""

    preset = frozenset({"decision"})

    hit = forms.IntegerField(widget=forms.HiddenInput, required=False)
    person = forms.TypedChoiceField(
        label=gettext_lazy("谁"), coerce=int, empty_value=None, required=False
    )
    kind = fields.picked(HitKind, label=gettext_lazy("命中类型"))
    department = fields.words(50, label=gettext_lazy("部门"))
    detail = fields.words(200, label=gettext_lazy("内容"))
    found_on = fields.DayField(label=gettext_lazy("发现日期"))
    explanation = fields.words(
        500, rows=2, label=gettext_lazy("农户说明"), required=False
    )
    evidence = pictures.PhotosField(label=gettext_lazy("证明材料"))
    decision = fields.one_of(
        Decision,
        label=gettext_lazy("认定"),
        widget=forms.Select,
        initial=Decision.OPEN,
    )

    def __init__(self, *args: Any, members: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields.offer(self, "person", [("", WHOLE_HOUSEHOLD), *members.items()])

    def clean(self) -> dict[str, Any]:
        """A hit that is explained away is explained in words."""
        typed = super().clean() or {}
        explained = typed.get("decision") == Decision.EXPLAINED
        if explained and not typed.get("explanation"):
            self.add_error("explanation", _("认定“说明成立”的，须写明农户的说明"))
        return typed


class ComparisonForm(Filed):
    """信息比对: which departments were asked, and what they found."""

    slug = "comparison"
    title = gettext_lazy("信息比对")
    once = True
    groups: ClassVar = (
        Group(gettext_lazy("比对情况"), ("compared_on", "departments", "consent")),
    )

    compared_on = fields.DayField(label=gettext_lazy("比对日期"))
    departments = forms.MultipleChoiceField(
        label=gettext_lazy("已比对的部门"), widget=forms.CheckboxSelectMultiple
    )
    consent = fields.tick(label=gettext_lazy("户主已签授权书，同意查询"))

    class Meta:
        model = Comparison
        fields = ("compared_on", "departments", "consent")

    @classmethod
    def filed(cls, step: str) -> dict[str, Any]:
        """A comparison is one for the case, whatever the step."""
        return {}

    def prepare(self) -> None:
        asked = self.rulebook["comparison_departments"]
        listed = [(name, name) for name in self.rulebook.words(asked.key)]
        fields.offer(self, "departments", listed)
        fields.quote(self, "departments", asked.cited)
        hits = list(self.instance.hits.order_by("pk")) if self.is_complete else []
        # Those of a round are decided there and only shown here.
        self.taken = [hit for hit in hits if hit.match_id]
        self.kept = {hit.pk: hit for hit in hits if not hit.match_id}

    def tables(self) -> list[Lines]:
        saved = [
            {
                "hit": hit.pk,
                "person": hit.person_id or "",
                **{name: getattr(hit, name) for name in SAID},
            }
            for hit in self.kept.values()
        ]
        members = self.home.members.filter(left_on=None).values_list("pk", "name")
        return [
            lines(
                HitLine,
                title=_("比对命中"),
                hint=self._hint(),
                around=self,
                name="hits",
                saved=saved,
                spare=2,
                members=dict(members),
            )
        ]

    def _hint(self) -> Text:
        """Say which hits a round has brought, so that nobody types them again."""
        round_ = self.instance.round if self.is_complete else None
        if round_ is None:
            return _("没有命中的不填")
        said = _(
            "已由比对任务 %(number)s 比对，比中 %(hits)s 条，在任务里认定，这里不改；"
            "只填任务以外查到的"
        )
        return said % {"number": round_.number, "hits": len(self.taken)}

    def write(self, row: Any) -> None:
        """Change typed hits in place: who decided one earlier stays its decider."""
        stays = []
        for typed in self.formsets[0].written():
            hit = self.kept.get(typed["hit"]) or Hit(comparison=row)
            self._decide(hit, typed)
            hit.save()
            stays.append(hit.pk)
        row.hits.filter(match=None).exclude(pk__in=stays).delete()

    def photos(self) -> list[Photo]:
        shown = Photo.objects.filter(
            pk__in=[hit.evidence_id for hit in self._hits if hit.evidence_id]
        )
        return list(shown.order_by("pk"))

    def summary(self) -> list[tuple[Text, str]]:
        hits = [
            (
                hit.department,
                _("%(text)s（%(basis)s）")
                % {"text": hit.detail, "basis": hit.get_decision_display()},
            )
            for hit in self._hits
        ]
        return [*super().summary(), *hits]

    @property
    def _hits(self) -> list[Hit]:
        return [*self.taken, *self.kept.values()]

    def _decide(self, hit: Hit, typed: Mapping[str, Any]) -> None:
        judged = (hit.decision, hit.explanation) if hit.pk else None
        for name in SAID:
            setattr(hit, name, typed[name])
        hit.person_id = typed["person"]
        if hit.decision == Decision.OPEN:
            hit.decided_by = hit.decided_on = None
        elif judged != (hit.decision, hit.explanation):
            hit.decided_by, hit.decided_on = self.by.officer, self.today
        for kept in pictures.keep(self, typed["evidence"], "evidence"):
            hit.evidence = kept
