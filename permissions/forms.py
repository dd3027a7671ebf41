"""The forms of log-in and of one's own account.

They check shapes; who may do what is asked by the writers.
"""

from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from permissions import lockout, recusal, second_factor
from permissions.models import Officer
from permissions.models.appointments import Relation
from registry.models import Household


class LoginForm(AuthenticationForm):
    """User name and password; one answer for every kind of failure."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确。"),
        "inactive": _("用户名或密码不正确。"),
        "locked": _("失败次数过多，请15分钟后再试。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["username"], self.fields["password"]
        name.label = _("用户名")
        name.help_text = _("由本级系统管理员发给，一人一个，不得借用")
        name.widget.attrs["spellcheck"] = "false"
        password.label = _("密码")

    def clean(self) -> dict[str, Any]:
        """Ask the lock before the password."""
        username = self.cleaned_data.get("username", "")
        if not username or not self.cleaned_data.get("password"):
            return self.cleaned_data
        address = lockout.address_of(cast("HttpRequest", self.request))
        if not lockout.enter(username, address, at=lockout.moment()):
            raise ValidationError(self.error_messages["locked"], code="locked")
        cleaned = super().clean()
        # Whose code is still to come has not logged in: wrong codes go on counting.
        if not second_factor.is_on(self.get_user()):
            lockout.forget(username, address)
        return cleaned


class AskedForm(forms.Form):
    """A form that knows whom it asks, from where the answer comes, and when."""

    def __init__(
        self, *args: Any, officer: Officer, seen_at: str, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._officer, self._seen_at, self._at = officer, seen_at, at


class CodeForm(AskedForm):
    """The code after the password, from the telephone or from paper."""

    code = forms.CharField(
        label=_("动态口令"),
        help_text=_("手机上显示的6位数字，或者一个备用码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Ask the lock before the code."""
        code: str = self.cleaned_data["code"]
        who, seen_at, at = self._officer, self._seen_at, self._at
        if not lockout.enter(who.username, seen_at, at=at):
            raise ValidationError(_("失败次数过多，请15分钟后再试。"), code="locked")
        if not second_factor.accepts(who, code, at=at):
            raise ValidationError(_("口令不对，或者已经用过。"), code="code_wrong")
        lockout.forget(who.username, seen_at)
        return code


class ProofForm(AskedForm):
    """The password or a code once more: an open browser is no proof of a person."""

    said = forms.CharField(
        label=_("再输入一次登录密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_said(self) -> str:
        """Ask, counted as at log-in."""
        said: str = self.cleaned_data["said"]
        proved = second_factor.proves_himself(
            self._officer, said, seen_at=self._seen_at, at=self._at
        )
        if not proved:
            raise ValidationError(_("密码不对；连错5次将暂时不能再试。"), code="wrong")
        return said


class FactorForm(ProofForm):
    """The first code from the telephone, with the password."""

    code = forms.CharField(
        label=_("手机上显示的6位数字"),
        max_length=10,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )

    field_order = ["code", "said"]


class PasswordForm(PasswordChangeForm):
    """The old password and twice the new one, which must be new."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("现在的密码")
        self.fields["new_password1"].label = _("新密码")
        self.fields["new_password1"].help_text = _("至少8个字符，不能全是数字")
        self.fields["new_password2"].label = _("再输入一次新密码")

    def clean_new_password1(self) -> str:
        """Refuse the old password under a new name."""
        password: str = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError(_("新密码不能与现在的密码相同。"))
        return password


class KinForm(forms.Form):
    """An officer declares a household that is his relative's."""

    number = forms.CharField(label=_("户编号"), max_length=20)
    relation = forms.ChoiceField(label=_("亲属关系"), choices=Relation)

    def clean_number(self) -> int:
        """Return the household; nothing else about it is shown."""
        number = self.cleaned_data["number"].strip()
        found = Household.objects.filter(number=number).values_list("pk", flat=True)
        if not found:
            raise ValidationError(_("没有这个户编号。"))
        return int(found[0])

    def save(self, officer: Officer, on: date) -> None:
        """Enter it into the register of officials' relatives."""
        relation = Relation(self.cleaned_data["relation"])
        recusal.declare(officer, self.cleaned_data["number"], relation=relation, on=on)
