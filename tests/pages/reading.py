"""What a page says to its reader, and the Chinese in it that is no data of the office.

Names, places, numbers of papers and the words of the law stay Chinese in English too.
"""

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models

from notices.kinds import KINDS
from notices.models import Paper
from registry.comparing.departments import FILE as DEPARTMENTS
from tests.house.sources import PACKAGES, ROOT

# Ideographs, and the commas and brackets that go with them.
CHINESE = re.compile("[\u3001\u3002\u3400-\u9fff\uff08\uff09\uff0c\uff1a\uff1b]")
SPOKEN = ("alt", "aria-label", "content", "data-l", "placeholder", "title")
# What people typed, and the law as it is cited.
QUOTED = {"textarea", "script", "style", "cite"}
# What the public page repeats from a paper, word for word.
PRINTED = (
    "batch_title",
    "complaint_address",
    "day_unit_text",
    "issuer_name",
    "objections_to",
)
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "source", "use"}


class Reader(HTMLParser):
    """Collects text and spoken attributes, leaving out what is quoted or marked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        quoted = tag in QUOTED or (given.get("lang") or "en") != "en"
        if tag not in VOID and (self.silent or quoted):
            self.silent.append(tag)
        if not self.silent:
            self.said += [text for name in SPOKEN if (text := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.said.append(data.strip())


def chinese(page: str) -> set[str]:
    """Return what a page says in Chinese, data of the office left out."""
    said = [text for text in Reader(page).said if CHINESE.search(text)]
    data = data_of_the_office() if said else re.compile("")
    return {left for text in said if CHINESE.search(left := data.sub("", text))}


def data_of_the_office() -> re.Pattern[str]:
    """Everything that people or the law wrote: columns of text, papers, rulebooks."""
    words = set(_words_of_law())
    for model in apps.get_models():
        if model._meta.app_label in PACKAGES:
            words |= _columns(model)
    papers = Paper.objects.values_list("context", flat=True)
    words |= {paper.get(name) or "" for paper in papers for name in PRINTED} - {""}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def _words_of_law() -> frozenset[str]:
    """Every text of the rulebooks, and the law behind each paper."""
    quoted = re.compile(r'"([^"\n]*)"')
    books = [*(ROOT / "procedures/rulebooks").rglob("*.toml"), DEPARTMENTS]
    texts = [
        text
        for book in books
        for text in quoted.findall(book.read_text(encoding="utf-8"))
    ]
    texts += [kind.law for kind in KINDS.values()]
    return frozenset(text for text in texts if CHINESE.search(text))


def _columns(model: Any) -> set[str]:
    kinds = (models.CharField, models.TextField)
    names = [field.name for field in model._meta.fields if isinstance(field, kinds)]
    rows = model.objects.values_list(*names) if names else ()
    return {
        text
        for row in rows
        for text in row
        if isinstance(text, str) and CHINESE.search(text)
    }
