"""Chinese justification and punctuation for WeasyPrint 70, which only stretches spaces.

Knows three private functions of the renderer and nothing of papers; switched off by a
version check, so that another version prints a ragged edge instead of failing.
"""

import re
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

SUPPORTED = "70."

_IDEOGRAPHS = re.compile(
    "[\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]+"
)
_CLOSING = "，、。；：！？）》〉】〕」』”’"
_OPENING = "（《〈【〔「『“‘"
_PAIR = re.compile(
    f"([{_CLOSING}])(?=[{_OPENING}])"
    f"|([{_CLOSING}])(?=[{_CLOSING}])"
    f"|([{_OPENING}])(?=[{_OPENING}])"
)
_HALVED = b"halt 1"
_stock_add = inline.add_word_spacing
_stock_set_text = line_break.Layout.set_text


def enable() -> bool:
    """Put our justification in place; return whether the version is the known one."""
    if not weasyprint.__version__.startswith(SUPPORTED):
        return False
    inline.justify_line = _justify_line
    inline.add_word_spacing = _add_spacing
    line_break.Layout.set_text = _set_text
    return True


def _gaps(text: str) -> int:
    spaces = text.count(" ") + text.count("\u00a0")
    return spaces + sum(len(run.group()) for run in _IDEOGRAPHS.finditer(text))


def _gaps_in(box: Any) -> int:
    if isinstance(box, boxes.TextBox):
        return _gaps(box.text)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(_gaps_in(child) for child in box.children)
    return 0


def _set_text(self: Any, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature is WeasyPrint's
    _stock_set_text(self, text, justify)
    pairs = [found.start() for found in _PAIR.finditer(self.text)]
    width = self.justification_spacing if justify else 0
    runs = list(_IDEOGRAPHS.finditer(self.text)) if width else []
    if not (pairs or runs):
        return
    attributes = pango.pango_layout_get_attributes(self.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start in pairs:
        halved = pango.pango_attr_font_features_new(_HALVED)
        _change(attributes, halved, self.text, start, start + 1)
    own = self.style["letter_spacing"]
    spacing = int(((0 if own == "normal" else own) + width) * TO_UNITS)
    for run in runs:
        spaced = pango.pango_attr_letter_spacing_new(spacing)
        _change(attributes, spaced, self.text, run.start(), run.end())
    pango.pango_layout_set_attributes(self.layout, attributes)


def _change(attributes: Any, change: Any, text: str, start: int, end: int) -> None:
    """Change the characters from start to end; Pango counts bytes."""
    change.start_index = len(text[:start].encode())
    change.end_index = change.start_index + len(text[start:end].encode())
    pango.pango_attr_list_change(attributes, change)


def _add_spacing(context: Any, box: Any, spacing: float, x: float) -> float:
    if not isinstance(box, boxes.TextBox):
        return _stock_add(context, box, spacing, x)
    box.justification_spacing = spacing
    box.position_x += x
    if not _gaps(box.text):
        return x
    layout = line_break.create_layout(box.text, box.style, context, None, spacing)
    layout.set_text(box.text, justify=True)
    width, _ = line_break.line_size(layout.get_first_line()[0], box.style)
    extra = width - box.width
    layout.deactivate()
    box.width += extra
    box.pango_layout = layout
    return x + extra


def _justify_line(context: Any, line: Any, extra: float) -> None:
    if gaps := _gaps_in(line):
        _add_spacing(context, line, extra / max(1, gaps - 1), 0)
