"""Spreadsheet files as tests need them, written by hand so that no reader's own ideas are in them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

CellValue = str | int | float | bool | None
Rows = Sequence[Sequence[CellValue]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
CONTENT_TYPES = f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"/>'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def write_xlsx(rows: Rows, name: str = "Sheet1") -> bytes:
    """Return an XLSX file of one sheet: numbers as numbers, texts as shared texts, None as no cell."""
    return write_xlsx_sheets({name: rows})


def write_xlsx_sheets(sheets: Mapping[str, Rows]) -> bytes:
    strings: list[str] = []
    written = {name: _write_rows(rows, strings) for name, rows in sheets.items()}
    shared = "".join(f'<si><t xml:space="preserve">{_escape_xlsx(text)}</t></si>' for text in strings)
    return pack_xlsx(written, strings=shared)


def pack_xlsx(
    sheets: Mapping[str, str],
    *,
    strings: str = "",
    styles: str = "",
    around: str = "",
    before: str = "",
    after: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an XLSX file of the XML inside each `sheetData`, and of what stands around it.

    ``around`` goes into the workbook, ``before`` and ``after`` into every worksheet; a sheet whose name ends
    in `!` is hidden. ``more`` are further parts, or others in place of these.
    """
    relations, listed, parts = "", "", {}
    for number, (name, data) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name.endswith("!") else ""
        title = quoteattr(name.removesuffix("!"))
        listed += f'<sheet name={title} sheetId="{number}"{state} r:id="rId{number}"/>'
        relations += _relate(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'{_HEAD}<worksheet xmlns="{_MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
        )
    relations += _relate("rIdStrings", "sharedStrings", "sharedStrings.xml")
    relations += _relate("rIdStyles", "styles", "/xl/styles.xml")
    return pack(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": _write_relations(_relate("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": (
                f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{around}<sheets>{listed}</sheets>'
                "</workbook>"
            ),
            "xl/_rels/workbook.xml.rels": _write_relations(relations),
            "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}">{strings}</sst>',
            "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
            **parts,
            **(more or {}),
        }
    )


def write_ods(rows: Rows, name: str = "Sheet1") -> bytes:
    """Return an ODS file of one sheet: numbers as numbers, texts as texts, None as a blank cell."""
    written = "".join(
        f"<table:table-row>{''.join(map(_write_ods_cell, cells))}</table:table-row>" for cells in rows
    )
    return pack_ods({name: written})


def pack_ods(
    sheets: Mapping[str, str],
    *,
    styles: str = "",
    before: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an ODS file of the XML inside each `table:table`."""
    names = ("office", "table", "text", "style", "manifest")
    spaces = "".join(f' xmlns:{name}="{_OPEN}:{name}:1.0"' for name in names)
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    tables = "".join(
        f'<table:table table:name={quoteattr(name)} table:style-name="of-{number}">{data}</table:table>'
        for number, (name, data) in enumerate(sheets.items(), start=1)
    )
    body = f"<office:body><office:spreadsheet>{before}{tables}</office:spreadsheet></office:body>"
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return pack(
        {
            "mimetype": ODS_TYPE,
            "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0"/>',
            "content.xml": (
                f"{_HEAD}<office:document-content{spaces}>{automatic}{body}</office:document-content>"
            ),
            **(more or {}),
        }
    )


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive, the same bytes at any time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_ods_text(text: str) -> str:
    """Return a text as the paragraphs of a cell, its blanks as elements."""
    marks = {"\t": "<text:tab/>", " ": "<text:s/>"}
    lines = text.split("\n")
    written = ["".join(marks.get(character) or escape(character) for character in line) for line in lines]
    return "".join(f"<text:p>{line}</text:p>" for line in written)


def _write_rows(rows: Rows, strings: list[str]) -> str:
    written = ""
    for number, cells in enumerate(rows, start=1):
        inside = "".join(
            _write_xlsx_cell(f"{_letters(column)}{number}", cell, strings)
            for column, cell in enumerate(cells, start=1)
        )
        written += f'<row r="{number}">{inside}</row>'
    return written


def _write_xlsx_cell(reference: str, cell: CellValue, strings: list[str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{reference}" t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{reference}"><v>{cell!r}</v></c>'
    strings.append(cell)
    return f'<c r="{reference}" t="s"><v>{len(strings) - 1}</v></c>'


def _write_ods_cell(cell: CellValue) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(cell).lower()}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    return f'<table:table-cell office:value-type="string">{write_ods_text(cell)}</table:table-cell>'


def _escape_xlsx(text: str) -> str:
    return escape(text.replace("_x", "_x005F_x")).replace("\r", "_x000D_")


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _relate(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _write_relations(relations: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
