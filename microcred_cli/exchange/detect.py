"""What a file with rubrics of another tool is, told by what it holds, and the rubrics in it."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Protocol, cast

from microcred_cli.exchange.draft import Imported
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.texts.sheet import Sheet

UNKNOWN = "unknown"
# How ZIP archives, and so spreadsheets, and old Excel files begin.
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_ADVICE = (
    "known: rubrics and outcomes of Canvas (CSV), competency frameworks of Moodle (CSV), rubrics and "
    "frameworks of CASE (JSON), and a spreadsheet with a column for the criteria and one for each level"
)


class Format(Protocol):
    """What a kind of table offers."""

    SYSTEM: str

    def recognise(self, sheet: Sheet) -> bool:
        """Return whether the sheet is of this kind."""

    def read(self, sheet: Sheet) -> Imported:
        """Return the rubrics in it, with a problem for everything refused."""


# In the order in which they are tried; the grid, which anybody may have drawn, is the last.
_FORMATS = ("canvas.rubric", "canvas.outcomes", "moodle.framework", "grids.grid")


def load_formats() -> Iterator[Format]:
    """Yield the kinds of tables that are read, in the order in which they are tried."""
    for name in _FORMATS:
        yield cast("Format", import_module(f"microcred_cli.exchange.{name}"))


def read_rubrics(file: str, data: bytes) -> Imported:
    """Return the rubrics that the bytes of a file hold; ``file`` is its name in the places of problems.

    A file of no known kind has the system ``unknown`` and says so in a problem.
    """
    if data.startswith(_PACKED):
        from microcred_cli.texts.spreadsheet_reader import read_spreadsheet  # noqa: PLC0415 - most are text

        return _read_sheets(file, read_spreadsheet(file, data, takes_merged=True))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        read: Imported = import_module("microcred_cli.exchange.case.document").read(file, data)
        return read
    return _read_sheets(file, (read_sheet(file, data),))


def _read_sheets(file: str, sheets: Sequence[Sheet]) -> Imported:
    """Read every sheet that is of a known kind: a workbook may hold a rubric on each."""
    read = [form.read(sheet) for sheet in sheets for form in _recognise(sheet)]
    if not read:
        problems = [problem for sheet in sheets for problem in sheet.problems]
        if not problems:
            message = "there is no rubric in this file that microcred knows"
            problems.append(Problem(message, Place(file, 1), _ADVICE))
        return Imported(UNKNOWN, (), tuple(problems))
    drafts = tuple(draft for each in read for draft in each.drafts)
    return Imported(read[0].system, drafts, tuple(problem for each in read for problem in each.problems))


def _recognise(sheet: Sheet) -> Iterator[Format]:
    """Yield the first kind that the sheet is of, if any."""
    for form in load_formats():
        if form.recognise(sheet):
            yield form
            return
