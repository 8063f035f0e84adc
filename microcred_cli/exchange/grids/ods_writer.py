"""ODS (OpenDocument 1.3): the few parts that a spreadsheet of one table needs."""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from microcred_cli.exchange.grids.spreadsheet_writer import Look, Row, Table, pack

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{_OPEN}:{place}:1.0"'
    for name, place in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("config", "config"),
    )
)
_VERSION = 'office:version="1.3"'
# As wide as a character of the usual font, and as high as a line.
_CHARACTER, _LINE = 0.19, 0.53
# Blanks of the XML are layout: one that counts is an element, but for single ones inside a line.
_BLANKS = re.compile("^ +| +$| {2,}", re.MULTILINE)
_MOST_BLANKS = 500
_ACCENT, _WASH, _SOFT, _HAIRLINE = "#12406b", "#f4f6f8", "#555a60", "#d5dae0"
_BOLD = ' fo:font-weight="bold"'
# Attributes of the cell and of its text.
_LOOKS = {
    Look.PLAIN: ("", ""),
    Look.KEY: (f' fo:background-color="{_WASH}"', _BOLD),
    Look.VALUE: (f' fo:background-color="{_WASH}"', ""),
    Look.HEADING: (f' fo:background-color="{_ACCENT}"', f'{_BOLD} fo:color="#ffffff"'),
    Look.FIRST: (f' fo:border-top="1.5pt solid {_ACCENT}"', ""),
    Look.FIRST_STRONG: (f' fo:border-top="1.5pt solid {_ACCENT}"', _BOLD),
    Look.STRONG: ("", _BOLD),
    Look.FAINT: ("", f' fo:font-size="9pt" fo:color="{_SOFT}"'),
    Look.FIRST_FAINT: (f' fo:border-top="1.5pt solid {_ACCENT}"', f' fo:font-size="9pt" fo:color="{_SOFT}"'),
}


def write_ods(table: Table) -> bytes:
    """Return the bytes of the spreadsheet."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (
            ("/", _TYPE),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("settings.xml", "text/xml"),
        )
    )
    return pack(
        {
            "content.xml": f"{_HEAD}{''.join(_write_content(table))}",
            "styles.xml": _write_page(),
            "settings.xml": _write_settings(table),
            "META-INF/manifest.xml": (
                f'{_HEAD}<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0" manifest:version="1.3">'
                f"{entries}</manifest:manifest>"
            ),
        },
        {"mimetype": _TYPE},
    )


def _write_page() -> str:
    return (
        f"{_HEAD}<office:document-styles {_SPACES} {_VERSION}><office:automatic-styles>"
        '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" '
        'fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.3cm" style:scale-to-X="1"/>'
        "</style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Default" style:page-layout-name="page"/>'
        "</office:master-styles></office:document-styles>"
    )


def _write_settings(table: Table) -> str:
    """Return what keeps the first rows and columns in sight."""

    def item(name: str, kind: str, value: object) -> str:
        return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'

    split = "".join(
        (
            item("HorizontalSplitMode", "short", 2),
            item("VerticalSplitMode", "short", 2),
            item("HorizontalSplitPosition", "int", table.still),
            item("VerticalSplitPosition", "int", table.heading),
            item("ActiveSplitRange", "short", 3),
            item("PositionRight", "int", table.still),
            item("PositionBottom", "int", table.heading),
            item("ShowGrid", "boolean", "false"),
        )
    )
    entry = "config:config-item-map-entry"
    named = f"<{entry} config:name={quoteattr(table.name)}>{split}</{entry}>"
    tables = f'<config:config-item-map-named config:name="Tables">{named}</config:config-item-map-named>'
    view = item("ViewId", "string", "view1") + tables + item("ActiveTable", "string", escape(table.name))
    return (
        f"{_HEAD}<office:document-settings {_SPACES} {_VERSION}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views">'
        f"<{entry}>{view}</{entry}>"
        "</config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>"
    )


def _write_content(table: Table) -> Iterator[str]:
    yield f"<office:document-content {_SPACES} {_VERSION}><office:automatic-styles>"
    yield '<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>'
    for width in dict.fromkeys(table.widths):
        yield (
            f'<style:style style:name="w{width}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width * _CHARACTER:.2f}cm"/></style:style>'
        )
    for lines, fixed in dict.fromkeys((row.lines, row.fixed) for row in table.rows):
        optimal = "false" if fixed else "true"
        yield (
            f'<style:style style:name="{_name_height(lines, fixed=fixed)}" style:family="table-row">'
            f'<style:table-row-properties style:row-height="{lines * _LINE:.2f}cm" '
            f'style:use-optimal-row-height="{optimal}"/></style:style>'
        )
    yield from map(_write_look, Look)
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    yield f'<table:table table:name={quoteattr(table.name)} table:style-name="sheet">'
    yield from (f'<table:table-column table:style-name="w{width}"/>' for width in table.widths)
    yield from _write_rows(table)
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _name_height(lines: int, *, fixed: bool) -> str:
    return f"{'f' if fixed else 'h'}{lines}"


def _write_look(look: Look) -> str:
    cell, text = _LOOKS[look]
    return (
        f'<style:style style:name="c{look.value}" style:family="table-cell"><style:table-cell-properties '
        f'fo:wrap-option="wrap" style:vertical-align="top" fo:border-bottom="0.5pt solid {_HAIRLINE}" '
        f'fo:padding="0.1cm"{cell}/><style:text-properties{text}/></style:style>'
    )


def _write_rows(table: Table) -> Iterator[str]:
    above, heading, below = (
        table.rows[: table.spanned],
        table.rows[table.spanned],
        table.rows[table.heading :],
    )
    for folded, rows in groupby(above, key=lambda row: row.folded):
        if folded:
            yield '<table:table-row-group table:display="false">'
        for row in rows:
            yield from _write_row(row, table.span)
        if folded:
            yield "</table:table-row-group>"
    yield "<table:table-header-rows>"
    yield from _write_row(heading)
    yield "</table:table-header-rows>"
    for row in below:
        yield from _write_row(row)


def _write_row(row: Row, span: int = 0) -> Iterator[str]:
    hidden = ' table:visibility="collapse"' if row.folded else ""
    yield f'<table:table-row table:style-name="{_name_height(row.lines, fixed=row.fixed)}"{hidden}>'
    for column, (text, look) in enumerate(row.cells):
        wide = span > 1 and column == 1
        across = f' table:number-columns-spanned="{span}" table:number-rows-spanned="1"' if wide else ""
        kind = "covered-table-cell" if span > 1 and 1 < column <= span else "table-cell"
        yield f'<table:{kind} table:style-name="c{look.value}"{across}'
        if text:
            paragraphs = "".join(f"<text:p>{_write_line(line)}</text:p>" for line in text.split("\n"))
            yield f' office:value-type="string">{paragraphs}</table:{kind}>'
        else:
            yield "/>"
    yield "</table:table-row>"


def _write_line(line: str) -> str:
    return _BLANKS.sub(_write_blanks, escape(line))


def _write_blanks(match: re.Match[str]) -> str:
    whole, rest = divmod(len(match[0]), _MOST_BLANKS)
    return f'<text:s text:c="{_MOST_BLANKS}"/>' * whole + (f'<text:s text:c="{rest}"/>' if rest else "")
