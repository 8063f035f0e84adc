"""One worksheet of an XLSX file."""

import re
from dataclasses import dataclass
from typing import NoReturn

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.sheet_draft import MAXIMUM_ROWS, RefusedSheetError, SheetDraft
from microcred_cli.texts.spreadsheet_values import (
    AN_ERROR,
    ERROR_HELP,
    FALSE,
    NO_VALUE,
    NO_VALUE_HELP,
    TRUE,
    NumberFormat,
    write_value,
)
from microcred_cli.texts.xml_stream import ElementMeter, XmlVisitor

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,7}", re.ASCII)
# Characters that XML cannot hold are written so, and so is the underscore of what only looks like one.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true", "on"})
_MIDNIGHT = "T00:00:00"
_MAXIMUM_HIDDEN = 16_384
_MAXIMUM_MERGED = 100_000
_MAXIMUM_WRITTEN = 50_000
_ROW_DEPTH, _CELL_DEPTH, _VALUE_DEPTH = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the cells of a worksheet refer to, and how dates and formulas of the file are to be taken."""

    strings: list[str]
    formats: list[NumberFormat]
    since_1904: bool
    is_calculated: bool


class WorksheetVisitor(XmlVisitor):
    """Puts the cells of one worksheet into a draft.

    Rows and cells without a reference follow the one before; those that go back are no spreadsheet program's.
    """

    def __init__(self, meter: ElementMeter, workbook: Workbook, draft: SheetDraft) -> None:
        super().__init__(meter)
        self._workbook = workbook
        self._draft = draft
        self._row = self._column = 0
        self._is_row = self._is_cell = self._is_hidden = False
        self._columns: dict[str, int] = {}
        self._type = self._style = ""
        self._has_formula = False
        self._value: list[str] | None = None
        self._inline: list[str] = []
        # Scores repeat: most are worked out once.
        self._written: dict[tuple[str, str], str | Refusal] = {}
        self._merged = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take a row, a cell, its value or formula, and what is said of columns and merged cells."""
        depth = len(self.path)
        if self._is_cell:
            self._begin_in_cell(name, depth)
        elif self._is_row:
            if depth == _CELL_DEPTH and name == "c":
                self._begin_cell(attributes)
        elif depth == _ROW_DEPTH:
            parent = self.path[1]
            if name == "row" and parent == "sheetData":
                self._begin_row(attributes)
            elif name == "col" and parent == "cols" and attributes.get("hidden") in _TRUE:
                self._hide_columns(attributes)
            elif name == "mergeCell" and parent == "mergeCells":
                self._merge(attributes)

    def end(self, name: str) -> None:
        """Close what was begun."""
        depth = len(self.path)
        if self._is_cell:
            if name in {"v", "t"}:
                self.gathered = None
            elif depth == _CELL_DEPTH:
                self._is_cell = False
                self._end_cell()
        elif self._is_row and depth == _ROW_DEPTH:
            self._is_row = False
            self._draft.end_row(self._row, is_hidden=self._is_hidden)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        row = self._row + 1 if number is None else _read_whole(number)
        if not self._row < row <= MAXIMUM_ROWS:
            self._fail("its rows are not in order")
        self._row, self._column = row, 0
        self._is_row, self._is_hidden = True, attributes.get("hidden") in _TRUE

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            column = self._column + 1
        else:
            match = _REFERENCE.fullmatch(reference)
            if match is None or int(match[2]) != self._row:
                self._fail("a cell is not in its row")
            column = self._columns.get(match[1]) or self._number_column(match[1])
        if column <= self._column:
            self._fail("its cells are not in order")
        self._column = column
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._has_formula, self._value, self._inline = False, None, []
        self._is_cell = True

    def _begin_in_cell(self, name: str, depth: int) -> None:
        if depth == _VALUE_DEPTH:
            if name == "v":
                self._value = []
                self.gather_into(self._value)
            elif name == "f":
                self._has_formula = True
        elif name == "t" and self.path[4] == "is" and "rPh" not in self.path:
            self.gather_into(self._inline)

    def _end_cell(self) -> None:
        if self._type == "inlineStr":
            self._draft.add_cell(self._row, self._column, unescape("".join(self._inline)))
            return
        value = None if self._value is None else "".join(self._value)
        if self._has_formula and (value is None or not self._workbook.is_calculated):
            self._refuse(NO_VALUE, NO_VALUE_HELP)
        elif value is not None:
            self._take_value(value)

    def _take_value(self, value: str) -> None:
        match self._type:
            case "s":
                self._add(self._find_string(value))
            case "str":
                self._add(unescape(value))
            case "e":
                self._refuse(AN_ERROR, ERROR_HELP, value)
            case "d":
                self._add(value.removesuffix(_MIDNIGHT))
            case "b":
                self._add(TRUE if value in _TRUE else FALSE)
            case "n":
                self._take_number(value.strip())
            case _:
                self._refuse("the file is damaged: a cell of an unknown type")

    def _take_number(self, value: str) -> None:
        if not value:
            if self._has_formula:
                self._refuse(NO_VALUE, NO_VALUE_HELP)
            return
        text = self._written.get((value, self._style))
        if text is None:
            text = self._write_number(value)
        if isinstance(text, Refusal):
            self._refuse(text.reason, content=value)
        else:
            self._add(text)

    def _write_number(self, value: str) -> str | Refusal:
        formats = self._workbook.formats
        style = int(self._style) if _WHOLE.fullmatch(self._style) else 0
        shown = formats[style] if style < len(formats) else NumberFormat()
        text = write_value(value, shown, since_1904=self._workbook.since_1904)
        if len(self._written) < _MAXIMUM_WRITTEN:
            self._written[value, self._style] = text
        return text

    def _find_string(self, value: str) -> str:
        index = value.strip()
        if _WHOLE.fullmatch(index) is None or int(index) >= len(self._workbook.strings):
            self._refuse("the file is damaged: the text of the cell is missing")
            return ""
        return self._workbook.strings[int(index)]

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = _read_whole(attributes.get("min", "")), _read_whole(attributes.get("max", ""))
        if 0 < first <= last and len(self._draft.hidden_columns) < _MAXIMUM_HIDDEN:
            self._draft.hidden_columns.append((first, last))

    def _merge(self, attributes: dict[str, str]) -> None:
        match = _RANGE.fullmatch(attributes.get("ref", ""))
        self._merged += 1
        if self._merged > _MAXIMUM_MERGED:
            self._fail("too many merged cells")
        if match is not None:
            column = self._number_column(match[1])
            self._draft.refuse_merged(int(match[2]), column, is_one_row=match[2] == match[4])

    def _number_column(self, letters: str) -> int:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        self._columns[letters] = number
        return number

    def _add(self, text: str) -> None:
        self._draft.add_cell(self._row, self._column, text)

    def _refuse(self, message: str, advice: str | None = None, content: str | None = None) -> None:
        self._draft.refuse_cell(self._row, self._column, message, advice, content)

    def _fail(self, reason: str) -> NoReturn:
        raise RefusedSheetError(f"the file is damaged: {reason}", self._row or None, NO_VALUE_HELP)


def unescape(text: str) -> str:
    """Return the text of a cell with its ``_x000D_`` and the like as the characters that they are."""
    return _ESCAPED.sub(_unescape_one, text) if "_x" in text else text


def _unescape_one(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # A half of a pair, which no text can hold.
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004


def _read_whole(text: str) -> int:
    return int(text) if _WHOLE.fullmatch(text) is not None else 0
