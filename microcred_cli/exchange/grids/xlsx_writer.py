"""XLSX (ECMA-376, part 1): the few parts that a workbook of one sheet needs."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from microcred_cli.exchange.grids.spreadsheet_writer import Look, Row, Table, pack
from microcred_cli.model.place import name_column

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "application/vnd.openxmlformats-package.relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What a reader would take for an escape (ECMA-376, part 1, 22.4.2.4).
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LINE = 15.75
# As the reports have them.
_ACCENT, _WASH, _SOFT, _LINE_COLOUR = "FF12406B", "FFF4F6F8", "FF555A60", "FFD5DAE0"
_FONT = '<name val="Calibri"/><family val="2"/>'
_FONTS = (
    f'<font><sz val="11"/>{_FONT}</font>',
    f'<font><b/><sz val="11"/>{_FONT}</font>',
    f'<font><b/><sz val="11"/><color rgb="FFFFFFFF"/>{_FONT}</font>',
    f'<font><sz val="9"/><color rgb="{_SOFT}"/>{_FONT}</font>',
)
_PLAIN, _BOLD, _WHITE, _SMALL = range(len(_FONTS))
_FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    *(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{each}"/></patternFill></fill>'
        for each in (_ACCENT, _WASH)
    ),
)
_NO_FILL, _, _DARK, _PALE = range(len(_FILLS))
_THIN = f'<bottom style="thin"><color rgb="{_LINE_COLOUR}"/></bottom><diagonal/></border>'
_BORDERS = (
    "<border><left/><right/><top/><bottom/><diagonal/></border>",
    f"<border><left/><right/><top/>{_THIN}",
    f'<border><left/><right/><top style="medium"><color rgb="{_ACCENT}"/></top>{_THIN}',
)
_NO_BORDER, _BELOW, _ABOVE = range(len(_BORDERS))
# Font, fill and border of each look.
_LOOKS = {
    Look.PLAIN: (_PLAIN, _NO_FILL, _BELOW),
    Look.KEY: (_BOLD, _PALE, _BELOW),
    Look.VALUE: (_PLAIN, _PALE, _BELOW),
    Look.HEADING: (_WHITE, _DARK, _NO_BORDER),
    Look.FIRST: (_PLAIN, _NO_FILL, _ABOVE),
    Look.FIRST_STRONG: (_BOLD, _NO_FILL, _ABOVE),
    Look.STRONG: (_BOLD, _NO_FILL, _BELOW),
    Look.FAINT: (_SMALL, _NO_FILL, _BELOW),
    Look.FIRST_FAINT: (_SMALL, _NO_FILL, _ABOVE),
}


def write_xlsx(table: Table) -> bytes:
    """Return the bytes of the workbook."""
    name = quoteattr(table.name)
    titles = escape("'{}'!${}:${}".format(table.name.replace("'", "''"), table.heading, table.heading))
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    sheet = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    styles = f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return pack(
        {
            "[Content_Types].xml": (
                f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
                f'<Default Extension="rels" ContentType="{_RELATIONS}+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
                f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/></Types>'
            ),
            "_rels/.rels": _write_relations(relation),
            "xl/workbook.xml": (
                f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
                f'<sheets><sheet name={name} sheetId="1" r:id="rId1"/></sheets><definedNames>'
                f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{titles}</definedName>'
                "</definedNames></workbook>"
            ),
            "xl/_rels/workbook.xml.rels": _write_relations(sheet + styles),
            "xl/styles.xml": _write_styles(),
            "xl/worksheets/sheet1.xml": f"{_HEAD}{''.join(_write_sheet(table))}",
        }
    )


def _write_relations(relations: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _write_styles() -> str:
    applied = " ".join(f'apply{each}="1"' for each in ("NumberFormat", "Font", "Fill", "Border", "Alignment"))
    align = '<alignment vertical="top" wrapText="1"/>'
    formats = "".join(
        f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
        f"{applied}>{align}</xf>"
        for font, fill, border in (_LOOKS[look] for look in Look)
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="{len(_FONTS)}">{"".join(_FONTS)}</fonts>'
        f'<fills count="{len(_FILLS)}">{"".join(_FILLS)}</fills>'
        f'<borders count="{len(_BORDERS)}">{"".join(_BORDERS)}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(Look)}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _write_sheet(table: Table) -> Iterator[str]:
    yield (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane xSplit="{table.still}" ySplit="{table.heading}" topLeftCell="{name_column(table.still + 1)}'
        f'{table.heading + 1}" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{_LINE}"/><cols>'
    )
    for number, width in enumerate(table.widths, start=1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    before = False
    for number, row in enumerate(table.rows, start=1):
        yield from _write_row(number, row, collapsed=before and not row.folded)
        before = row.folded
    yield "</sheetData>"
    if table.spanned and table.span > 1:
        last = name_column(table.span + 1)
        yield f'<mergeCells count="{table.spanned}">'
        yield from (f'<mergeCell ref="B{row}:{last}{row}"/>' for row in range(1, table.spanned + 1))
        yield "</mergeCells>"
    yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    yield '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'


def _write_row(number: int, row: Row, *, collapsed: bool) -> Iterator[str]:
    fixed = ' customHeight="1"' if row.fixed else ""
    hidden = ' outlineLevel="1" hidden="1"' if row.folded else ""
    folds = ' collapsed="1"' if collapsed else ""
    yield f'<row r="{number}" ht="{row.lines * _LINE}"{fixed}{hidden}{folds}>'
    for column, (text, look) in enumerate(row.cells):
        place = f'<c r="{name_column(column + 1)}{number}" s="{look.value}"'
        if text:
            written = escape(_ESCAPE.sub("_x005F_", text))
            yield f'{place} t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
        else:
            yield f"{place}/>"
    yield "</row>"
