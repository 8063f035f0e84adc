"""Spreadsheets that are damaged or made to harm: a problem, in bounded memory, and nothing raises."""

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.texts.spreadsheet_reader import read_spreadsheet
from tests.shared import ROOT
from tests.texts.spreadsheets import CellValue, pack, pack_ods, pack_xlsx, write_ods, write_xlsx

_PERCENT = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'


_ROWS: list[list[CellValue]] = [["id", 1.5, "a b"], ["a", True, None]]
_FILES = [write_xlsx(_ROWS), write_ods(_ROWS)]


@given(st.sampled_from(_FILES), st.randoms())
def test_nothing_raises_on_damaged_files(data: bytes, chance: random.Random) -> None:
    sheets = read_spreadsheet("grades.xlsx", _damage(data, chance))
    assert all(sheet.rows or sheet.problems for sheet in sheets)


@given(st.sampled_from(_FILES), st.randoms())
def test_nothing_raises_on_damaged_parts(data: bytes, chance: random.Random) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {path: archive.read(path) for path in archive.namelist()}
    path = chance.choice(sorted(parts))
    parts[path] = _damage(parts[path], chance)
    sheets = read_spreadsheet("grades.xlsx", pack(parts))
    assert all(sheet.rows or sheet.problems for sheet in sheets)


def _damage(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(damaged))
        piece = data[chance.randrange(len(data)) :][: chance.randint(0, 30)]
        damaged[start : start + chance.randint(0, 30)] = chance.choice([piece, chance.randbytes(1)])
        damaged = damaged or bytearray(b"x")
    return bytes(damaged)


_XML = [
    "<row>", "</row>", "<c>", "</c>", '<c t="s">', '<c t="b">', '<c t="inlineStr">', "<is>", "</is>", "<t>",
    "</t>", "<v>", "</v>", "<f/>", "7", "x", "<v/>", '<c r="A1"/>', '<c s="9">', '<c s="1">',
    "<mergeCell ref='A1:A2'/>",
    "<table:table-row>", "</table:table-row>", "<table:table-cell>", "</table:table-cell>", "<text:p>",
    "</text:p>", '<table:table-cell office:value-type="date">',
    '<table:table-row table:number-rows-repeated="99999999">',
    "<table:table>", "</table:table>", "<text:s/>", "<table:table-column/>", "<table:table-source/>",
]  # fmt: skip


@given(st.lists(st.sampled_from(_XML), max_size=12).map("".join))
def test_nothing_raises_on_elements_in_any_order(xml: str) -> None:
    for data in (pack_xlsx({"A": xml}, styles=_PERCENT, strings=xml), pack_ods({"A": xml}, before=xml)):
        sheets = read_spreadsheet("grades.xlsx", data)
        assert all(sheet.rows or sheet.problems for sheet in sheets)


@given(st.binary(max_size=300))
def test_nothing_raises_on_any_bytes(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        (sheet,) = read_spreadsheet("grades.xlsx", start + data)
        assert sheet.problems


_CELL = "<row><c><v>1</v></c></row>"
_ONE = "<table:table-cell office:value-type='float' office:value='1' table:number-columns-repeated='9999'/>"
_IN_ONE_CELL = "<table:table-row><table:table-cell>{}</table:table-cell></table:table-row>"
_HOSTILE: dict[str, Callable[[], bytes]] = {
    "far corner": lambda: pack_xlsx({"A": f"{_CELL}<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"}),
    "wide and long": lambda: pack_xlsx({"A": f"{_CELL * 90_000}<row><c r='NTP90001'><v>1</v></c></row>"}),
    "repeated": lambda: pack_ods(
        {"A": f"<table:table-row table:number-rows-repeated='1048576'>{_ONE}</table:table-row>"}
    ),
    "spaces": lambda: pack_ods(
        {"A": "<table:table-row><table:table-cell><text:p>" + "<text:s text:c='999'/>" * 3_000_000}
    ),
    "paragraphs": lambda: pack_ods(
        {"A": f"<table:table-row><table:table-cell>{'<text:p>a</text:p>' * 3_000_000}"}
    ),
    "long paragraphs": lambda: pack_ods(
        {"A": _IN_ONE_CELL.format(f"<text:p>\U0001f600{'x' * 990_000}</text:p>" * 95)}
    ),
    "unpacks": lambda: pack_xlsx({"A": ""}, before="x" * 101_000_000),
    "one tag": lambda: pack_xlsx({"A": ""}, before=f"<a b='{'x' * 90_000_000}'/>"),
    "one comment": lambda: pack_xlsx({"A": ""}, before=f"<!--{'x' * 90_000_000}-->"),
    "deep": lambda: pack_xlsx({"A": "<a>" * 10_000_000}),
    "names": lambda: pack_xlsx({"A": "".join(f"<a{number}/>" for number in range(1_000_000))}),
    "attributes": lambda: pack_xlsx({"A": "".join(f"<a b{number}=''/>" for number in range(1_000_000))}),
    "elements": lambda: pack_xlsx({"A": "<a/>" * 20_000_000}),
    "one text for all": lambda: pack_xlsx(
        {"A": ("<row>" + "<c t='s'><v>0</v></c>" * 1000 + "</row>") * 1400},
        strings=f"<si><t>{'x' * 100_000}</t></si>",
    ),
    "pieces": lambda: pack_xlsx({"A": ""}, strings="<si>" + "<t>a\U0001f600</t>" * 4_000_000),
    "texts": lambda: pack_xlsx({"A": ""}, strings="<si/>" * 10_000_000),
    "merged": lambda: pack_xlsx(
        {"A": _CELL}, after="<mergeCells>" + "<mergeCell ref='A5:A6'/>" * 300_000 + "</mergeCells>"
    ),
}
_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512_000_000, 512_000_000))
from microcred_cli.texts.spreadsheet_reader import read_spreadsheet
(sheet,) = read_spreadsheet("grades.xlsx", sys.stdin.buffer.read())
print(len(sheet.rows), len(sheet.problems))
"""


@pytest.mark.parametrize("name", _HOSTILE)
def test_a_file_made_to_harm_is_refused_within_bounds(name: str) -> None:
    pytest.importorskip("resource")
    run = subprocess.run(
        [sys.executable, "-c", _READ],
        input=_HOSTILE[name](),
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )
    assert run.stderr == b""
    assert run.stdout.split() == [b"0", b"1"]
