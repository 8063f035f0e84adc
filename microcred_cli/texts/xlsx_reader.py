"""XLSX (ECMA-376, and its strict form): the parts around the worksheets, then each worksheet."""

import posixpath
import re

from microcred_cli.texts.containers import BoundedArchive
from microcred_cli.texts.sheet import MAXIMUM_BYTES, MAXIMUM_CELLS
from microcred_cli.texts.sheet_draft import RefusedSheetError, SheetBudget, SheetDraft
from microcred_cli.texts.spreadsheet_values import NumberFormat, find_builtin_format, read_format
from microcred_cli.texts.xlsx_sheet import Workbook, WorksheetVisitor, unescape
from microcred_cli.texts.xml_stream import ElementMeter, XmlVisitor

_MAXIMUM_SHEETS = 1_000
_MAXIMUM_FORMATS = 100_000
_BUILTIN = re.compile("[0-9]{1,4}")
_TRUE = frozenset({"1", "true", "on"})
_WORKBOOK = "xl/workbook.xml"


def read_xlsx(archive: BoundedArchive, meter: ElementMeter, budget: SheetBudget) -> list[SheetDraft]:
    """Return the worksheets in their order.

    Raises RefusedArchiveError, RefusedXmlError and RefusedSheetError.
    """
    path = next(iter(_read_relations(archive, meter, "", "officeDocument").values()), _WORKBOOK)
    workbook = _WorkbookVisitor(meter)
    workbook.read(archive.unpack(path))
    sheets = _read_relations(archive, meter, path, "worksheet")
    strings, styles = _StringsVisitor(meter), _StylesVisitor(meter)
    for part in _read_relations(archive, meter, path, "sharedStrings").values():
        strings.read(archive.unpack(part))
    for part in _read_relations(archive, meter, path, "styles").values():
        styles.read(archive.unpack(part))
    around = Workbook(
        strings.strings,
        styles.list_formats(),
        since_1904=workbook.since_1904,
        is_calculated=workbook.is_calculated,
    )
    drafts = []
    for name, state, relation in workbook.sheets:
        # Charts and macros are sheets as well, of other relations.
        if relation not in sheets:
            continue
        draft = SheetDraft(name, budget, is_hidden=state.casefold() in {"hidden", "veryhidden"})
        WorksheetVisitor(meter, around, draft).read(archive.unpack(sheets[relation]))
        drafts.append(draft)
    return drafts


def _read_relations(archive: BoundedArchive, meter: ElementMeter, path: str, kind: str) -> dict[str, str]:
    """Return the paths of the parts that a part relates to in one way, by the id of the relation."""
    folder, name = posixpath.split(path)
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    if file not in archive:
        return {}
    visitor = _RelationsVisitor(meter, folder, kind)
    visitor.read(archive.unpack(file))
    return visitor.paths


class _RelationsVisitor(XmlVisitor):
    def __init__(self, meter: ElementMeter, folder: str, kind: str) -> None:
        super().__init__(meter)
        self.paths: dict[str, str] = {}
        self._folder = folder
        self._kind = f"/{kind}"

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or not attributes.get("Type", "").endswith(self._kind):
            return
        # What is outside of the file is never looked for.
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            self.paths[attributes.get("Id", "")] = target.lstrip("/")


class _WorkbookVisitor(XmlVisitor):
    def __init__(self, meter: ElementMeter) -> None:
        super().__init__(meter)
        self.sheets: list[tuple[str, str, str]] = []
        self.since_1904 = False
        self.is_calculated = True

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and self.path[:-1] == ["workbook", "sheets"]:
            relation = next((attributes[key] for key in attributes if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", ""), relation))
            if len(self.sheets) > _MAXIMUM_SHEETS:
                raise RefusedSheetError(f"more than {_MAXIMUM_SHEETS:,} sheets")
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "") in _TRUE
        elif name == "calcPr":
            # Who writes this has left zeros where the program is to put the values when it opens the file.
            self.is_calculated = attributes.get("fullCalcOnLoad", "") not in _TRUE


class _StringsVisitor(XmlVisitor):
    """The texts that cells point at, each with its pieces of another look but without reading aids."""

    def __init__(self, meter: ElementMeter) -> None:
        super().__init__(meter)
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._characters = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - of the interface
        if name == "si":
            self._pieces = []
        elif name == "t" and "rPh" not in self.path:
            self.gather_into(self._pieces)

    def end(self, name: str) -> None:
        if name == "t":
            self.gathered = None
        elif name == "si":
            text = unescape("".join(self._pieces))
            self._characters += len(text)
            if self._characters > MAXIMUM_BYTES or len(self.strings) >= MAXIMUM_CELLS:
                raise RefusedSheetError(f"the cells have more than {MAXIMUM_BYTES:,} characters")
            self.strings.append(text)


class _StylesVisitor(XmlVisitor):
    def __init__(self, meter: ElementMeter) -> None:
        super().__init__(meter)
        self._codes: dict[str, NumberFormat] = {}
        self._used: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and self.path[-2:-1] == ["numFmts"]:
            self._codes[attributes.get("numFmtId", "")] = read_format(attributes.get("formatCode", ""))
        elif name == "xf" and self.path[-2:-1] == ["cellXfs"]:
            self._used.append(attributes.get("numFmtId", "0"))
        if len(self._used) + len(self._codes) > _MAXIMUM_FORMATS:
            raise RefusedSheetError("too many cell formats")

    def list_formats(self) -> list[NumberFormat]:
        """Return the format of each style, as cells point at them."""
        return [self._codes.get(key) or _find_builtin(key) for key in self._used]


def _find_builtin(key: str) -> NumberFormat:
    return find_builtin_format(int(key)) if _BUILTIN.fullmatch(key) is not None else NumberFormat()
