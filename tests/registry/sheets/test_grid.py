"""Blocks of a worksheet taken in one look tell what reading them tag by tag tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.sheets.apart import faults
from registry.sheets.apart.faults import Unfit
from registry.sheets.apart.grid import MOST_CELLS, Grid, Scan

USUAL = b'<c r="B7" t="inlineStr"><is><t>\xe6\x98\xaf</t></is></c>'
TAGS = st.sampled_from(
    [
        USUAL,
        b'<c r="AA12"><v>7</v></c>',
        b'<c r="C9" s="1"/>',
        b"<c><v>1</v></c>",
        b"<c s='1' r='D4'><v>1</v></c>",
        b'<x:c r="E5"><v>1</v></x:c>',
        b'<c r="F6" t="e"><v>#N/A</v></c>',
        b'<row r="8">',
        b"<row>",
        b'<row r="9" hidden="1">',
        b'<col min="2" max="3" hidden="1"/>',
    ]
)
SLOWLY = b"<!-- hidden -->"


def told(*blocks: bytes) -> tuple[Grid, int, int]:
    scan = Scan()
    for block in blocks:
        scan.feed(block)
    return scan.end(), scan.lowest, scan.widest


@given(st.lists(TAGS, max_size=8), st.lists(TAGS, max_size=8))
def test_one_look_tells_what_tag_by_tag_tells(
    first: list[bytes], then: list[bytes]
) -> None:
    # Longer than what is left for the next block, so that there is a block to look at.
    blocks = [USUAL * 20 + b"".join(first), b"".join(then) + USUAL * 20]

    assert told(*blocks) == told(SLOWLY + b"".join(blocks))


def test_a_block_of_too_many_cells_is_refused_at_a_look() -> None:
    scan = Scan()
    scan.grid.cells = MOST_CELLS

    with pytest.raises(Unfit) as unfit:
        scan.feed(USUAL * 20)

    assert unfit.value.word == faults.CELLS
