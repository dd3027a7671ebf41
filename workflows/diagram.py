"""A flow as a picture and as BPMN, drawn by viewflow from the flow itself."""

from __future__ import annotations

import re

from viewflow.workflow import chart

from workflows.flow import BatchFlow


def svg(flow: type[BatchFlow]) -> str:
    """Return the picture of a flow; the same text every time."""
    return _tidy(chart.grid_to_svg(chart.calc_layout_data(flow)))


def bpmn(flow: type[BatchFlow]) -> str:
    """Return the flow as BPMN 2.0 XML; the same text every time."""
    return _tidy(chart.grid_to_bpmn(chart.calc_layout_data(flow)))


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)) + "\n"
