"""Cleaning of free text: what nobody sees goes, line breaks stay, old codes are mended.

It must not know where the text will stand. Names have stricter rules (`names`).
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from registry.names import from_private_use
from registry.refusals import HOUSE_RULE, Refusal

_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, soft hyphen, zero width, direction marks, fillers, variation selectors.
_UNSEEN_SET = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff"
)
_PRIVATE_SET = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_UNSEEN = re.compile(f"[{_UNSEEN_SET}]")
_PRIVATE = re.compile(f"[{_PRIVATE_SET}]")
_BROKEN = re.compile("[\ud800-\udfff]")
# All that is ever mended one by one; a text without any of it is looked at once.
_UNTIDY = re.compile(f"[\t\x0b-\r\u2028\u2029{_UNSEEN_SET}{_PRIVATE_SET}]")


def tidy(text: str) -> str:
    """Return the text as it is stored and printed; nothing visible is lost."""
    if not _UNTIDY.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = _LINES.sub("\n", text).replace("\t", " ")
    if _PRIVATE.search(text):
        text = from_private_use(text)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def unprintable(text: str) -> Refusal | None:
    """Return why a tidy text can never be printed; nothing if it can.

    Refuses: text_broken, text_private_use.
    """
    if _BROKEN.search(text):
        return _refuse("text_broken", _("含有损坏的字符，请重新输入"))
    if found := _PRIVATE.search(text):
        said = _("含有自造字（U+%(code)04X），请改用国家标准编码的字")
        return _refuse("text_private_use", said % {"code": ord(found[0])})
    return None


class TextField(forms.CharField):
    """Free text that may stand on a paper; its length is judged after cleaning."""

    def to_python(self, value: Any) -> str:
        """Return the tidy text.

        Raises: forms.ValidationError for a character no paper can show.
        """
        text = tidy(str(super().to_python(value) or ""))
        text = text.strip() if self.strip else text
        if refusal := unprintable(text):
            raise forms.ValidationError(str(refusal.text), code=refusal.code)
        return text


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
