"""Cleaning of personal names: what is invisible goes, what is rare stays.

It must not know whose name it is, nor which fonts can print it.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from registry.refusals import HOUSE_RULE, Refusal

LONGEST_NAME = 50
_COMMON = re.compile("[\u4e00-\u9fff]{1,20}")

# GB 18030-2000 put these into the private use area; the 2022 edition moved them.
# The other private code points of the old block decode by formula (see below).
_MOVED = {
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
}
_GBK_BLOCK = range(0xE815, 0xE865)
_DOTS = dict.fromkeys(map(ord, "•・．‧∙⋅･"), "·")
_DROPPED = {"Cc", "Cf"}
_PUNCTUATION = frozenset("·-'’ ")
# Planes 2 and 3 are ideographs; newer ones are unknown to Python's own tables.
_IDEOGRAPHIC_PLANES = range(0x20000, 0x40000)
_SELECTORS = range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)
_NO_SECOND_BYTE = 0x7F  # in GBK


def clean_name(text: str) -> str | Refusal:
    """Return the name as it is stored and printed, or why it cannot be.

    Refuses: name_empty, name_long, name_broken, name_private_use, name_character.
    """
    # Nearly every name: there is nothing in these that could be cleaned.
    if _COMMON.fullmatch(text):
        return text
    # Cleaning only shortens; a text this long is no name and not worth the work.
    if len(text) > LONGEST_NAME * 4:
        return _too_long()
    if any(unicodedata.category(c) == "Cs" for c in text):
        return _refuse("name_broken", _("姓名含有损坏的字符，请重新输入"))
    name = _spaced(_visible(unicodedata.normalize("NFC", from_private_use(text))))
    if not name.strip("·-'’ "):
        return _refuse("name_empty", _("姓名不能为空"))
    if len(name) > LONGEST_NAME:
        return _too_long()
    return _first_bad_character(name) or name


def from_private_use(text: str) -> str:
    """Return the text with the GBK private-use characters of old systems replaced."""
    return "".join(map(_unicode_of, text))


def _unicode_of(char: str) -> str:
    code = ord(char)
    if code in _MOVED:
        return chr(_MOVED[code])
    if code not in _GBK_BLOCK:
        return char
    second = 0x50 + code - _GBK_BLOCK.start
    second += second >= _NO_SECOND_BYTE
    return bytes([0xFE, second]).decode("gb18030")


def _visible(text: str) -> str:
    kept = (c for c in text if not _is_invisible(c))
    return "".join(kept).translate(_DOTS)


def _is_invisible(char: str) -> bool:
    if char.isspace():
        return False
    selector = any(ord(char) in block for block in _SELECTORS)
    return selector or unicodedata.category(char) in _DROPPED


def _spaced(text: str) -> str:
    words = text.split()
    # 石　三: two-character names are padded on forms; the space is not the name's.
    glue = " " if all(w.isascii() for w in words) else ""
    return glue.join(words)


def _first_bad_character(name: str) -> Refusal | None:
    for char in name:
        category = unicodedata.category(char)
        if category == "Co":
            return _refuse(
                "name_private_use",
                _("姓名含有自造字（U+%(code)04X），请改用国家标准编码的字")
                % {"code": ord(char)},
            )
        if not _is_letter(char, category):
            return _refuse(
                "name_character", _("姓名含有不应出现的字符“%(char)s”") % {"char": char}
            )
    return None


def _is_letter(char: str, category: str) -> bool:
    return (
        category[0] in "LM"
        or char in _PUNCTUATION
        or char == "〇"
        or ord(char) in _IDEOGRAPHIC_PLANES
    )


def _too_long() -> Refusal:
    return _refuse("name_long", _("姓名超过%(most)d个字") % {"most": LONGEST_NAME})


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
