"""ODS (OpenDocument 1.0 to 1.4): the tables of `content.xml`.

Cells and rows say how often they are repeated, and a blank rest of a sheet is repeated to its end.
"""

import re
from typing import NoReturn

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.containers import BoundedArchive, RefusedArchiveError
from microcred_cli.texts.sheet import MAXIMUM_COLUMNS
from microcred_cli.texts.sheet_draft import MAXIMUM_CHARACTERS, RefusedSheetError, SheetBudget, SheetDraft
from microcred_cli.texts.spreadsheet_values import (
    AN_ERROR,
    ERROR_HELP,
    ERRORS,
    FALSE,
    NO_VALUE,
    NO_VALUE_HELP,
    TRUE,
    NumberFormat,
    Shown,
    write_value,
)
from microcred_cli.texts.xml_stream import ElementMeter, PrefixedNames, XmlVisitor

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = {
    f"{_OPEN_DOCUMENT}:{name}:1.0": name for name in ("office", "table", "text", "style", "manifest")
}
_PREFIXES["urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"] = "calcext"
_MANIFEST, _ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"
_SHEETS = ["office:document-content", "office:body", "office:spreadsheet"]
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_WHOLE = re.compile(r"[1-9][0-9]{0,7}", re.ASCII)
_BLANKS = re.compile("[ \t\r\n]+")
_DURATION = re.compile(r"PT([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]+)?S", re.ASCII)
_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2})?)(?:[.,][0-9]{1,9})?", re.ASCII
)
_PADDED = re.compile(r"0[0-9]{1,14}", re.ASCII)
_DAMAGED = Refusal("the file is damaged: the value of the cell is none of its type")
_MIDNIGHT = "T00:00:00"
_LONGEST_SPACE = 1_000
_MAXIMUM_PARAGRAPHS = 1_000
_MAXIMUM_HIDDEN = 16_384


def read_ods(archive: BoundedArchive, meter: ElementMeter, budget: SheetBudget) -> list[SheetDraft]:
    """Return the tables in their order.

    Raises RefusedArchiveError, RefusedXmlError and RefusedSheetError.
    """
    if "encrypted-package" in archive or _is_encrypted(archive):
        raise RefusedArchiveError("the file is protected by a password")
    visitor = _ContentVisitor(meter, budget)
    visitor.read(archive.unpack("content.xml"))
    return visitor.drafts


def _is_encrypted(archive: BoundedArchive) -> bool:
    # Searched, not parsed: old writers put a document type into this part.
    if _MANIFEST not in archive:
        return False
    tail = b""
    for piece in archive.unpack(_MANIFEST):
        if _ENCRYPTED in tail + piece:
            return True
        tail = piece[-len(_ENCRYPTED) :]
    return False


class _CellText:
    """The paragraphs of a cell; blanks in the XML are layout, those of the text are elements."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.length = 0
        self._pieces: list[str] = []

    def begin_paragraph(self) -> list[str]:
        if len(self.paragraphs) >= _MAXIMUM_PARAGRAPHS:
            raise RefusedSheetError("a cell is too long")
        self._pieces = []
        return self._pieces

    def end_paragraph(self) -> None:
        # A blank of the text itself is marked until the others are gone.
        text = _BLANKS.sub(" ", "".join(self._pieces)).strip(" ")
        self.paragraphs.append(text.translate(_MARKS))
        self.length += len(text)

    def write(self) -> str:
        return "\n".join(self.paragraphs)


# Characters that XML cannot hold, so that no text has them.
_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"
_MARKS = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})


class _ContentVisitor(XmlVisitor):
    def __init__(self, meter: ElementMeter, budget: SheetBudget) -> None:
        self._names = PrefixedNames(_PREFIXES)
        super().__init__(meter, self._names)
        self.drafts: list[SheetDraft] = []
        self._budget = budget
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._draft: SheetDraft | None = None
        self._row = self._column = self._next_column = 0
        self._row_attributes: dict[str, str] = {}
        self._cell: dict[str, str] | None = None
        self._cell_depth = 0
        self._text = _CellText()

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            self._begin_in_cell(name, attributes)
        elif self._draft is not None:
            self._begin_in_table(self._draft, name, attributes)
        elif name == "table:table" and self.path[:-1] == _SHEETS:
            self._begin_table(self._attributes(attributes))
        elif name == "style:style":
            self._style = self._attributes(attributes).get("style:name", "")
        elif (
            name == "style:table-properties" and self._attributes(attributes).get("table:display") == "false"
        ):
            self._hidden_styles.add(self._style)

    def end(self, name: str) -> None:
        if self._cell is not None:
            self._end_in_cell(name)
        elif self._draft is not None:
            if name == "table:table-row":
                self._end_row(self._draft)
            elif name == "table:table" and len(self.path) == len(_SHEETS) + 1:
                self._draft = None

    def _attributes(self, attributes: dict[str, str]) -> dict[str, str]:
        return {self._names[name]: value for name, value in attributes.items()}

    def _begin_table(self, attributes: dict[str, str]) -> None:
        is_hidden = attributes.get("table:style-name", "") in self._hidden_styles
        self._draft = SheetDraft(attributes.get("table:name", ""), self._budget, is_hidden=is_hidden)
        self.drafts.append(self._draft)
        self._row, self._next_column = 1, 1

    def _begin_in_table(self, draft: SheetDraft, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._cell, self._cell_depth = self._attributes(attributes), len(self.path)
            self._text = _CellText()
        elif name == "table:table-row":
            self._row_attributes = self._attributes(attributes)
            self._column = 1
        elif name == "table:table-column":
            self._pass_columns(draft, self._attributes(attributes))
        elif name == "table:table-source":
            # What another file said when this one was last saved, kept for formulas; it is on no sheet.
            mode = self._attributes(attributes).get("table:mode")
            if mode == "copy-results-only" and draft in self.drafts:
                self.drafts.remove(draft)

    def _pass_columns(self, draft: SheetDraft, attributes: dict[str, str]) -> None:
        first = self._next_column
        self._next_column += _read_count(attributes, "table:number-columns-repeated")
        is_hidden = attributes.get("table:visibility", "visible") != "visible"
        if is_hidden and len(draft.hidden_columns) < _MAXIMUM_HIDDEN:
            draft.hidden_columns.append((first, self._next_column - 1))

    def _end_row(self, draft: SheetDraft) -> None:
        times = _read_count(self._row_attributes, "table:number-rows-repeated")
        is_hidden = self._row_attributes.get("table:visibility", "visible") != "visible"
        draft.end_row(self._row, times, is_hidden=is_hidden)
        self._row += times

    def _begin_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        # Notes, drawings and forms stand in a cell, but are not its text.
        if self.path[self._cell_depth :] == ["text:p"]:
            self.gather_into(self._text.begin_paragraph())
        elif name == "table:table":
            self._fail("a table inside a cell")
        elif self.gathered is None:
            return
        elif name == "text:s":
            count = _read_count(self._attributes(attributes), "text:c")
            self.take_text(_SPACE * min(count, _LONGEST_SPACE))
        elif name == "text:tab":
            self.take_text(_TAB)
        elif name == "text:line-break":
            self.take_text(_BREAK)
        elif name in {"office:annotation", "text:note", "text:ruby-text"}:
            self._fail("a note inside the text of a cell")

    def _end_in_cell(self, name: str) -> None:
        depth = len(self.path)
        if depth == self._cell_depth + 1 and name == "text:p":
            self.gathered = None
            self._text.end_paragraph()
            if self._text.length > MAXIMUM_CHARACTERS:
                self._fail("a cell is too long")
        elif depth == self._cell_depth:
            cell, self._cell = self._cell, None
            if cell is not None and self._draft is not None:
                self._take_cell(self._draft, cell)

    def _take_cell(self, draft: SheetDraft, cell: dict[str, str]) -> None:
        times = _read_count(cell, "table:number-columns-repeated")
        shown = self._text.write()
        first, self._column = self._column, self._column + times
        refusal = _find_refusal(cell, shown)
        text = _write_cell(cell, shown) if refusal is None else ""
        if isinstance(text, Refusal):
            refusal, text = (text.reason, None), ""
        if refusal is not None:
            draft.refuse_cell(self._row, first, refusal[0], refusal[1], shown)
        elif text:
            if first + times - 1 > MAXIMUM_COLUMNS:
                self._fail(f"more than {MAXIMUM_COLUMNS:,} columns")
            for column in range(first, first + times):
                draft.add_cell(self._row, column, text)
            down = _read_count(cell, "table:number-rows-spanned")
            if max(down, _read_count(cell, "table:number-columns-spanned")) > 1:
                draft.refuse_merged(self._row, first, is_one_row=down == 1)

    def _fail(self, reason: str) -> NoReturn:
        raise RefusedSheetError(reason, self._row)


def _read_count(attributes: dict[str, str], name: str) -> int:
    count = attributes.get(name, "1")
    return int(count) if _WHOLE.fullmatch(count) is not None else 1


def _find_refusal(cell: dict[str, str], shown: str) -> tuple[str, str | None] | None:
    """Return why a cell has no value, and what to do about it; None when it has one or is blank."""
    is_formula = "table:formula" in cell
    if cell.get("calcext:value-type") == "error" or (
        is_formula and (shown in ERRORS or shown.startswith("Err:"))
    ):
        return AN_ERROR, ERROR_HELP
    if is_formula and "office:value-type" not in cell:
        return NO_VALUE, NO_VALUE_HELP
    return None


def _write_cell(cell: dict[str, str], shown: str) -> str | Refusal:  # noqa: PLR0911 - one a type
    match cell.get("office:value-type"):
        case None:
            return shown
        case "string":
            return cell.get("office:string-value", shown)
        case "float" | "currency":
            return write_value(cell.get("office:value", ""), _find_format(shown))
        case "percentage":
            return write_value(cell.get("office:value", ""), NumberFormat(Shown.PERCENT))
        case "boolean":
            return TRUE if cell.get("office:boolean-value") == "true" else FALSE
        case "date":
            match = _DATE.fullmatch(cell.get("office:date-value", ""))
            return _DAMAGED if match is None else match[1].removesuffix(_MIDNIGHT)
        case "time":
            match = _DURATION.fullmatch(cell.get("office:time-value", ""))
            return _DAMAGED if match is None else f"{match[1]:0>2}:{match[2]:0>2}:{match[3]:0>2}"
        case _:
            return _DAMAGED


def _find_format(shown: str) -> NumberFormat:
    """Return as what a number is shown, which a cell of this format says by its text alone."""
    if shown.endswith("%"):
        return NumberFormat(Shown.PERCENT_SIGN)
    if _PADDED.fullmatch(shown) is not None:
        return NumberFormat(Shown.PADDED, len(shown))
    return NumberFormat()
