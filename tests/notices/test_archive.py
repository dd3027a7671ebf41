"""What is kept for decades: the facts inside the PDF, tags, faces all readers draw."""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pytest_django import Settings

from notices import checks, frozen, kinds
from notices.press import archive, workshop
from notices.press.fontconfig import FONTS
from notices.press.render import render_pdf
from tests.notices import reading
from tests.notices.contexts import AT, context

CODE = "ABCDEFGHIJKLMNOP"
PUBLIC = sorted(kinds.PUBLIC_KINDS)


def facts(kind: str) -> dict[str, Any]:
    return frozen.checked(kind, context(kind, 12))


@cache
def printed(kind: str, **more: Any) -> bytes:
    given = {"number": "十村公示〔2018〕3号", "code": CODE, "issued_at": AT} | more
    return render_pdf(kind, facts(kind), **given)


def words(value: object) -> Iterator[str]:
    """Yield every text and number of a frozen context, dates as they are printed."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from words(part)
    elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        year, month, day = map(int, value.split("-"))
        yield f"{year}年{month}月{day}日"
    elif value is not None:
        yield re.sub(r"\s", "", str(value))


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_a_paper_carries_its_facts_and_they_have_its_digest(kind: str) -> None:
    files = reading.attachments(printed(kind))

    assert [*files] == [f"{kind}-{CODE}.json"]
    (data,) = files.values()
    assert hashlib.sha256(data).hexdigest() == frozen.digest(facts(kind))
    assert json.loads(data) == facts(kind)


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_notice_carries_nothing_that_it_does_not_show(kind: str) -> None:
    text = reading.text(printed(kind))

    assert [word for word in words(facts(kind)) if word not in text] == []


def test_the_facts_are_named_as_the_source_at_the_moment_of_issue() -> None:
    pdf = printed("minutes")
    parts = reading.parts(pdf)

    assert "/AFRelationship/Source" in parts.replace(" ", "")
    assert b"(D:20181112013000Z)" in pdf  # 09:30 in China
    assert len(re.findall(r"/AF ?\[(\d+ 0 R)\]", parts)) == 1


@pytest.mark.parametrize("more", [{"code": ""}, {"attach": False}])
def test_a_draft_and_a_secret_face_carry_no_facts(more: dict[str, Any]) -> None:
    assert reading.attachments(printed("minutes", **more)) == {}


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_every_paper_claims_to_last_and_a_notice_to_be_read_aloud(kind: str) -> None:
    parts = reading.parts(printed(kind))
    public = kind in kinds.PUBLIC_KINDS

    assert f'pdfaid:part="3" pdfaid:conformance="{"A" if public else "B"}"' in parts
    assert ('pdfuaid:part="1"' in parts, "/StructTreeRoot" in parts) == (public, public)


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_only_our_truetype_faces_are_embedded(kind: str) -> None:
    pdf = printed(kind)
    ours = {"GW-BiaoSong", "GW-FangSong", "GW-Hei", "GW-Kai", "GW-Song"}

    assert "GW-Song" in reading.faces(pdf) <= ours
    assert "/FontFile2" in reading.parts(pdf)
    assert "/FontFile3" not in reading.parts(pdf)


@pytest.mark.parametrize(
    "part",
    [
        {"Type": "/FontDescriptor", "FontName": "/X", "FontFile3": "1 0 R"},
        {"Type": "/Font", "Subtype": "/Type3", "Name": "/X"},
    ],
)
def test_a_face_without_truetype_outlines_stops_the_paper(part: dict) -> None:
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Dictionary(part))

    with pytest.raises(archive.UnfitFace, match="/X: not TrueType"):
        archive.finish(None, pdf)


def renamed(path: Path, family: str) -> None:
    """Write our 楷体 under another family's name."""
    with TTFont(FONTS / "Kai.ttf") as face:
        for record in face["name"].names:
            if record.nameID in {1, 4, 6, 16}:
                record.string = family
        face.save(path)


def cff(path: Path, family: str) -> None:
    """Write a face of two characters with CFF outlines."""
    pen = T2CharStringPen(1000, {})
    pen.moveTo((0, 0))
    pen.lineTo((500, 700))
    pen.closePath()
    glyph = pen.getCharString()
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder([".notdef", "one", "two"])
    font.setupCharacterMap({0x4E00: "one", 0x4E8C: "two"})
    names = dict.fromkeys([".notdef", "one", "two"], glyph)
    font.setupCFF(family, {"FullName": family}, names, {})
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.save(path)


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """An office of its own, with an empty folder for the faces it owns."""
    settings.VAR_DIR = tmp_path
    folder = tmp_path / "fonts"
    folder.mkdir()
    yield folder
    workshop.close()


def faces_used() -> set[str]:
    sheet = {"number": "1号", "code": CODE, "issued_at": AT}
    kind = "first_publicity"
    return reading.faces(workshop.run(render_pdf, kind, facts(kind), **sheet))


def test_a_face_the_office_owns_wins(office: Path) -> None:
    renamed(office / "fs.ttf", "FangSong_GB2312")

    used = faces_used()

    assert any("FangSong" in face and "GW" not in face for face in used), used
    assert "GW-FangSong" not in used
    assert checks.office_faces(None) == []


def test_a_cff_face_is_left_aside_and_the_check_says_so(office: Path) -> None:
    cff(office / "simhei.otf", "SimHei")

    assert "GW-Hei" in faces_used()
    (warning,) = checks.office_faces(None)
    assert (warning.id, "simhei.otf" in warning.msg) == ("notices.W001", True)


def test_a_collection_is_as_good_as_its_worst_face(tmp_path: Path) -> None:
    path = tmp_path / "faces.ttc"
    head = b"ttcf" + (0x10000).to_bytes(4) + (2).to_bytes(4)
    offsets = (20).to_bytes(4) + (24).to_bytes(4)
    path.write_bytes(head + offsets + b"true" + b"OTTO")

    assert not checks.is_truetype(path)
