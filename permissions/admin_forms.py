"""The forms of the administrators: a new officer, an appointment, its end.

They read what was typed; `officers` and `appointments` decide.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from permissions.models import Officer
from permissions.policy import Territory
from permissions.posts import Post
from permissions.separation import Nomination
from registry.identity import blind_index, parse_id
from registry.models import Place
from registry.names import clean_name
from registry.refusals import Refusal
from registry.texts import TextField

SHOWN = 5


class DayField(forms.DateField):
    """A day, typed or picked."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("请填写日期，如 2018-11-16。")}


class OfficerForm(forms.Form):
    """A new account: one person, one name."""

    username = forms.CharField(
        label=_("用户名"), max_length=30, validators=[UnicodeUsernameValidator()]
    )
    full_name = forms.CharField(label=_("姓名"), max_length=50)
    id_number = forms.CharField(
        label=_("身份证号"),
        max_length=30,
        required=False,
        help_text=_("只用于本人及家人的回避，不保存明文"),
    )

    def clean_full_name(self) -> str:
        """Return the name without invisible characters."""
        name = clean_name(self.cleaned_data["full_name"])
        if isinstance(name, Refusal):
            raise ValidationError(str(name.text))
        return name

    def clean_id_number(self) -> str:
        """Return the keyed index of the number; the number goes no further."""
        text = self.cleaned_data["id_number"]
        if not text:
            return ""
        number = parse_id(text)
        if isinstance(number, Refusal):
            raise ValidationError(str(number.text))
        return blind_index(number.text)

    def officer(self) -> Officer:
        """Return the officer described, not saved."""
        return Officer(
            username=self.cleaned_data["username"],
            full_name=self.cleaned_data["full_name"],
            id_index=self.cleaned_data["id_number"],
        )


class AppointmentForm(forms.Form):
    """Who is to hold which post where, from when until when."""

    officer = forms.CharField(label=_("用户名"), max_length=150)
    post = forms.ChoiceField(label=_("岗位"), choices=Post)
    place = forms.CharField(
        label=_("地区"), max_length=50, help_text=_("12位区划代码，或名称")
    )
    since = DayField(label=_("起任日期"))
    last_day = DayField(
        label=_("任期最后一日"), required=False, help_text=_("代理必填")
    )
    acting_for = forms.CharField(
        label=_("代理谁"),
        max_length=150,
        required=False,
        help_text=_("代理时填被代理人的用户名"),
    )
    document = TextField(label=_("任职文件"), max_length=100)

    def __init__(self, *args: Any, within: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within = within

    def clean_officer(self) -> Officer:
        """Return the officer of that user name."""
        return _officer(self.cleaned_data["officer"])

    def clean_acting_for(self) -> Officer | None:
        """Return who is acted for, if anybody."""
        typed = self.cleaned_data["acting_for"]
        return _officer(typed) if typed else None

    def clean_place(self) -> Place:
        """Return the one place of that code or name within the territory."""
        typed = self.cleaned_data["place"].strip()
        mine = Place.objects.filter(self.within.q("code", Post.ADMINS), valid_to=None)
        found = list(mine.filter(code=typed)[:1]) or list(mine.filter(name=typed))
        if not found:
            raise ValidationError(_("本地区没有这个区划。"))
        if len(found) > 1:
            codes = _("、").join(place.code for place in found[:SHOWN])
            raise ValidationError(
                _("同名的有：%(codes)s，请填代码。"), params={"codes": codes}
            )
        return found[0]

    def nomination(self) -> Nomination:
        """Return what was described; the last day becomes the first day without."""
        given = self.cleaned_data
        last: date | None = given["last_day"]
        return Nomination(
            officer=given["officer"],
            post=Post(given["post"]),
            place=given["place"],
            since=given["since"],
            until=last + timedelta(days=1) if last else None,
            acting_for=given["acting_for"],
            document=given["document"],
        )


class EndForm(forms.Form):
    """From which day an appointment is no more, and why."""

    on = DayField(
        label=_("自哪一日起不再任职"), help_text=_("填今天的，下一次点击即失效")
    )
    reason = forms.CharField(label=_("原因"), max_length=200)


def _officer(username: str) -> Officer:
    found = Officer.objects.filter(username__iexact=username.strip()).first()
    if found is None:
        raise ValidationError(_("没有这个用户名。"))
    return found
