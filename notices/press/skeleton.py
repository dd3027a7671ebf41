"""What two forms of one kind share: their markup. What differs: their words.

Knows HTML as our templates write it; must not know how a page is laid out.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notices.press.fetch import QR

# One private-use character per place where words may stand (plane 15).
_FIRST_MARK = 0xF0000
MARKS = re.compile("[\U000f0000-\U000ffffd]")

_TAGS = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_PICTURE = re.compile(f'src="({QR}[^"]*)"')
# HTML collapses these; the ideographic space is a character like others.
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BODY = "<body>"


@dataclass(frozen=True, slots=True)
class Form:
    """The HTML of one form, taken apart.

    Attributes:
        head: everything before the body: title, dates, author.
        markup: the tags, with a sign for every place where words stand; equal for
            forms whose pages differ in words and codes alone.
        words: what stands in each of these places, white space collapsed.
        pictures: the addresses of the QR codes, in order.
    """

    head: str
    markup: str
    words: tuple[str, ...]
    pictures: tuple[str, ...]


def mark(place: int) -> str:
    """Return the character that stands for the words of a place."""
    return chr(_FIRST_MARK + place)


def place(character: str) -> int:
    """Return the place a mark stands for."""
    return ord(character) - _FIRST_MARK


def filled(text: str, words: tuple[str, ...]) -> str:
    """Return a text of marks with the words in their places."""
    return MARKS.sub(lambda found: words[place(found[0])], text)


def take_apart(source: str) -> Form:
    """Return the parts of a form.

    The places are numbered in the order of the page. A leaf such as `<td></td>` is a
    place even when it is empty, since another form may say something there; white
    space between tags is markup.
    """
    head, _, body = source.partition(_BODY)
    parts = _TAGS.split(body)
    words: list[str] = []
    pictures: list[str] = []
    markup = "".join(_signs(parts, words.append, pictures.append))
    return Form(head + _BODY, markup, tuple(words), tuple(pictures))


def marked(form: Form) -> str:
    """Return the form's HTML with a mark in every place instead of its words."""
    codes = iter(form.pictures)
    return form.head + _PICTURE.sub(lambda _: f'src="{next(codes)}"', form.markup)


def _signs(
    parts: list[str], say: Callable[[str], None], show: Callable[[str], None]
) -> Iterator[str]:
    count = 0
    for number, part in enumerate(parts):
        if number % 2:
            for code in _PICTURE.findall(part):
                show(code)
            yield _PICTURE.sub(f'src="{QR}"', part)
        elif part.strip(" \t\r\n\f") or _is_leaf(parts, number):
            start, words, end = _parted(part)
            say(words)
            yield f"{start}{mark(count)}{end}"
            count += 1
        elif part:
            yield " "


def _is_leaf(parts: list[str], number: int) -> bool:
    if not 0 < number < len(parts) - 1:
        return False
    before, after = _NAME.match(parts[number - 1]), _NAME.match(parts[number + 1])
    if before is None or after is None or after[1] != before[1]:
        return False
    return not parts[number - 1].startswith("</") and parts[number + 1].startswith("</")


def _parted(part: str) -> tuple[str, str, str]:
    """Return the space before, the words, and the space after."""
    text = _SPACES.sub(" ", html.unescape(part))
    words = text.strip(" ")
    if not words:
        return "", "", ""
    return " " * text.startswith(" "), words, " " * text.endswith(" ")
