from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.texts.spreadsheet_reader import read_spreadsheet
from tests.shared import find_shared
from tests.texts.sheets import list_cells, list_problems, read_one, read_row, write_ods_cells
from tests.texts.spreadsheets import (
    CellValue,
    pack_ods,
    pack_xlsx,
    write_ods,
    write_xlsx,
    write_xlsx_sheets,
)

_WRITERS = {"XLSX": write_xlsx, "ODS": write_ods}
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)


texts = st.text(
    st.one_of(st.characters(exclude_categories=("Cs", "Cc", "Cn")), st.sampled_from('\n\t  ,;"_x0'))
)
numbers = st.builds(
    lambda digits, places: float(Decimal(digits).scaleb(-places)),
    st.integers(-(10**9), 10**9),
    st.integers(0, 9),
)
values: st.SearchStrategy[CellValue] = st.one_of(
    st.none(), texts, numbers, st.integers(-(10**14), 10**14), st.booleans()
)


def show(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case str():
            return value
        case _:
            text = f"{Decimal(repr(value)):f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
            return "0" if text == "-0" else text


@given(st.lists(st.lists(values, max_size=6), max_size=8))
@example([["id"], [" 007 ", None, 0.1], [], [None, "  "], [12.5]])
@example([["_x000D_", "a\n\nb", "\ttab  two spaces"]])
def test_rows_written_are_the_rows_read_and_the_same_as_through_csv(rows: list[list[CellValue]]) -> None:
    shown = [[show(value) for value in row] for row in rows]
    shown = [row if any(cell.strip() for cell in row) else [] for row in shown]
    width = max((max((at for at, cell in enumerate(row, 1) if cell), default=0) for row in shown), default=0)
    filled = [[*row, *[""] * width][:width] for row in shown]
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in filled]
    through_csv = read_sheet("grades.csv", "\r\n".join(quoted).encode())
    for write in _WRITERS.values():
        sheet = read_one(write(rows))
        if width:
            assert sheet.rows == through_csv.rows
            assert sheet.problems == through_csv.problems == ()
        else:
            assert list_problems(sheet) == [("the spreadsheet is empty", None, None)]


def test_shared_sample_reads_as_moodle_shows_it() -> None:
    data = find_shared("gradebooks", "synthetic", "moodle", "grades.xlsx").read_bytes()
    sheet = read_one(data)
    assert sheet.rows[1].cells[2:6] == ["00012", "zoe@example.com", "3.5", "Competent"]
    assert [row.number for row in sheet.rows] == [1, 2, 3]
    assert sheet.facts == {"format": "XLSX", "sheet": "Grades"}


def test_places_name_the_sheet_only_where_there_are_several() -> None:
    data = write_xlsx_sheets({"Essay": [["id"], [1]], "Blank": [[" "]], "Quiz": [["id"]]})
    assert [sheet.file for sheet in read_spreadsheet("g.xlsx", data)] == [
        "g.xlsx, sheet 1",
        "g.xlsx, sheet 3",
    ]
    assert read_one(write_xlsx_sheets({"Essay": [["id"]], "Blank": []})).file == "grades.xlsx"


@pytest.mark.parametrize(
    "cell",
    [
        "<c><f>1+1</f></c>",
        "<c><f>1+1</f><v></v></c>",
        '<c t="str"><f>A1</f></c>',
    ],
)
def test_a_formula_without_a_value_is_refused(cell: str) -> None:
    sheet = read_one(pack_xlsx({"A": f"<row><c><v>1</v></c>{cell}</row>"}))
    assert list_problems(sheet) == [("a formula whose value was never worked out", 1, 2)]
    assert sheet.problems[0].help == "open the file in the spreadsheet program and save it again"


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ('table:formula="of:=1+1"', "a formula whose value was never worked out"),
        ('office:value-type="float"', "the file is damaged: the value of the cell is no number"),
        (
            'office:value-type="date" office:date-value="1 March"',
            "the file is damaged: the value of the cell is none of its type",
        ),
        ('office:value-type="void"', "the file is damaged: the value of the cell is none of its type"),
        ('office:value-type="float" office:value="1e15"', "a number of more than 15 digits, of which"),
    ],
)
def test_a_cell_without_its_value_is_refused_in_ods(attributes: str, message: str) -> None:
    fine = '<table:table-cell office:value-type="float" office:value="1" office:name="x"/>'
    ((found, row, column),) = list_problems(
        read_one(write_ods_cells(fine, f"<table:table-cell {attributes}/>"))
    )
    assert found.startswith(message)
    assert (row, column) == (1, 2)


def test_zeros_that_a_program_puts_in_place_of_values_are_refused() -> None:
    cells = "<row><c><v>1</v></c><c><f>SUM(A1)</f><v>0</v></c></row>"
    sheet = read_one(pack_xlsx({"A": cells}, around='<calcPr fullCalcOnLoad="1"/>'))
    assert list_problems(sheet) == [("a formula whose value was never worked out", 1, 2)]
    assert read_row(pack_xlsx({"A": cells})) == ["1", "0"]


def test_a_formula_may_say_nothing() -> None:
    cells = '<row><c t="str"><f>IF(1,"")</f><v></v></c><c><v>2</v></c></row>'
    assert read_row(pack_xlsx({"A": cells})) == ["", "2"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_is_refused_and_the_same_text_is_not(error: str) -> None:
    head = "<row><c><v>1</v></c></row>"
    sheet = read_one(pack_xlsx({"A": f'{head}<row r="4"><c r="B4" t="e"><f>X</f><v>{error}</v></c></row>'}))
    assert list_problems(sheet) == [("an error in place of a value", 4, 2)]
    assert sheet.problems[0].content == error
    cells = (
        (
            f'<table:table-cell table:formula="of:=X" office:value-type="string" office:string-value="" '
            f'calcext:value-type="error"><text:p>{error}</text:p></table:table-cell>'
        ),
        (
            f'<table:table-cell table:formula="of:=X" office:value-type="float" office:value="0">'
            f"<text:p>{error}</text:p></table:table-cell>"
        ),
    )
    for cell in cells:
        assert list_problems(read_one(write_ods_cells(cell))) == [("an error in place of a value", 1, 1)]
    assert read_row(write_xlsx([[error]])) == read_row(write_ods([[error]])) == [error]


def test_the_title_of_a_sheet_is_in_no_place() -> None:
    data = write_xlsx_sheets({"Ada Lovelace": [["id"]], "Quiz": [["id"]]})
    assert not any("Ada" in sheet.file for sheet in read_spreadsheet("g.xlsx", data))


def test_the_paragraphs_of_a_cell_are_bounded_together() -> None:
    paragraph = f"<text:p>{'x' * 70_000}</text:p>"
    cell = "<table:table-cell office:value-type='float' office:value='1'>{}</table:table-cell>"
    assert read_row(write_ods_cells(cell.format(paragraph), cell.format(paragraph))) == ["1", "1"]
    refused = read_one(write_ods_cells(cell.format(paragraph * 2)))
    assert list_problems(refused) == [("a cell is too long", 1, None)]


def test_without_its_first_row_a_sheet_has_none() -> None:
    sheet = read_one(pack_xlsx({"A": '<row><c t="e"><v>#N/A</v></c></row><row><c><v>1</v></c></row>'}))
    assert sheet.rows == []
    assert list_problems(sheet) == [("an error in place of a value", 1, 1)]


def test_rich_text_is_one_text_without_its_reading_aids() -> None:
    rich = '<r><t>Zo</t></r><r><rPr><b/></rPr><t xml:space="preserve">ë </t></r><rPh><t>so</t></rPh>'
    cells = f'<c t="s"><v>1</v></c><c t="inlineStr"><is>{rich}</is></c><c t="s"><v>0</v></c><c><v>1</v></c>'
    data = pack_xlsx({"A": f"<row>{cells}</row>"}, strings=f"<si/><si>{rich}</si>")
    assert read_row(data) == ["Zoë ", "Zoë ", "", "1"]


def test_text_of_a_cell_in_ods_is_what_is_shown() -> None:
    cells = (
        (
            "<table:table-cell office:value-type='string'><office:annotation><text:p>note</text:p>"
            "</office:annotation><text:p>\n  a <text:s text:c='2'/>b<text:tab/><text:span>c</text:span>"
            "<text:line-break/>d </text:p><text:p>e</text:p></table:table-cell>"
        ),
        (
            "<table:table-cell office:value-type='string' office:string-value='007'><text:p>x</text:p>"
            "</table:table-cell>"
        ),
        (
            "<table:table-cell office:value-type='percentage' office:value='0.875'><text:p>88%</text:p>"
            "</table:table-cell>"
        ),
        (
            "<table:table-cell office:value-type='float' office:value='7'><text:p>007</text:p>"
            "</table:table-cell>"
        ),
        "<table:table-cell office:value-type='date' office:date-value='2026-03-01T00:00:00'/>",
        "<table:table-cell office:value-type='date' office:date-value='2026-03-01T10:30:00.000000000'/>",
        "<table:table-cell office:value-type='time' office:time-value='PT10H30M00S'/>",
        "<table:table-cell office:value-type='currency' office:value='12.50'/>",
    )
    assert read_row(write_ods_cells(*cells)) == [
        "a   b\tc\nd\ne", "007", "87.5%", "007", "2026-03-01", "2026-03-01T10:30:00", "10:30:00", "12.5",
    ]  # fmt: skip


def test_repeats_stand_for_what_they_repeat() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{}"/>'
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    sheet = read_one(
        pack_ods(
            {
                "A": f"<table:table-row>{cell.format(3)}{blank}</table:table-row>"
                f'<table:table-row table:number-rows-repeated="5"><table:table-cell/></table:table-row>'
                f'<table:table-row-group><table:table-row table:number-rows-repeated="2"><table:table-cell/>'
                f"{cell.format(1)}{blank}</table:table-row></table:table-row-group>"
                f'<table:table-row table:number-rows-repeated="1048568">{blank}</table:table-row>'
            }
        )
    )
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ["1", "1", "1"]),
        (7, ["", "1", ""]),
        (8, ["", "1", ""]),
    ]


def test_what_is_hidden_counts_and_is_said() -> None:
    rows = '<row hidden="1"><c r="B1"><v>1</v></c></row><row hidden="1"/><row><c r="C3"><v>2</v></c></row>'
    before = '<cols><col min="2" max="2" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>'
    sheet = read_one(pack_xlsx({"A!": rows}, before=before))
    assert list_cells(sheet) == [["", "1", ""], ["", "", "2"]]
    assert sheet.facts == {
        "format": "XLSX",
        "sheet": "A",
        "hidden rows": "1, read like the others",
        "hidden columns": "1, read like the others",
        "hidden sheet": "read like the others",
    }
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    style = '<style:style style:name="of-1"><style:table-properties table:display="false"/></style:style>'
    ods = pack_ods(
        {
            "A": '<table:table-column table:visibility="collapse"/>'
            f'<table:table-row table:visibility="filter" table:number-rows-repeated="2">{cell}'
            "</table:table-row>"
        },
        styles=style,
    )
    assert read_one(ods).facts == {
        "format": "ODS",
        "sheet": "A",
        "hidden rows": "2, read like the others",
        "hidden columns": "1, read like the others",
        "hidden sheet": "read like the others",
    }


def test_a_merged_cell_that_says_something_is_refused_below_the_first_row() -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row><c r='B3'><v>4</v></c></row>"
    )
    merged = (
        "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A2:A3'/><mergeCell ref='C2:C3'/></mergeCells>"
    )
    sheet = read_one(pack_xlsx({"A": rows}, after=merged))
    assert list_problems(sheet) == [("a merged cell", 2, 1)]
    assert [row.number for row in sheet.rows] == [1, 3]
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-{}-spanned="2"/>'
    row = "<table:table-row>{}</table:table-row>"
    first, second = cell.format("columns"), cell.format("rows")
    data = pack_ods({"A": row.format(first) + row.format("") + row.format(second)})
    assert list_problems(read_one(data)) == [("a merged cell", 3, 1)]


def test_elements_may_have_any_prefix() -> None:
    data = write_xlsx([["a", 1]])
    sheet = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c>'
        "<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert read_row(pack_xlsx({"A": ""}, more={"xl/worksheets/sheet1.xml": sheet})) == ["1"]
    assert read_row(data) == ["a", "1"]
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<o:document-content xmlns:o="{urn}:office:1.0" xmlns:t="{urn}:table:1.0" xmlns:p="{urn}:text:1.0">'
        "<o:body><o:spreadsheet><t:table><t:table-row><t:table-cell><p:p>a</p:p></t:table-cell></t:table-row>"
        "</t:table></o:spreadsheet></o:body></o:document-content>"
    )
    assert read_row(pack_ods({}, more={"content.xml": content})) == ["a"]


def test_what_other_files_said_is_on_no_sheet() -> None:
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="{}"/></table:table-row>'
    source = '<table:table-source table:mode="copy-results-only"/>'
    data = pack_ods({"A": row.format(1), "'file:///b.ods'#B": source + row.format(2)})
    assert read_row(data) == ["1"]
    relation = (
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="http://127.0.0.1/" '
        'TargetMode="External"/></Relationships>'
    )
    linked = pack_xlsx({"A": "<row/>"}, more={"xl/_rels/workbook.xml.rels": relation})
    assert list_problems(read_one(linked)) == [("the spreadsheet is empty", None, None)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_OLE2, "this is an Excel file of the old kind (.xls)"),
        (_OLE2 + "EncryptedPackage".encode("utf-16-le"), "the file is protected by a password"),
        (
            pack_ods({}, more={"META-INF/manifest.xml": "<a><b:encryption-data/></a>"}),
            "the file is protected by a password",
        ),
        (pack_ods({}, more={"encrypted-package": b"x"}), "the file is protected by a password"),
        (pack_xlsx({}, more={"xl/workbook.bin": b""}), "this is a binary Excel file (.xlsb)"),
        (b"id,score\n", "this is no spreadsheet"),
        (write_xlsx([["a"]])[:-30], "this is an archive or a damaged spreadsheet, not one that can be read"),
        (write_xlsx([]), "the spreadsheet is empty"),
        (bytes(12_000_001), "the file has more than 12,000,000 bytes"),
    ],
)  # fmt: skip
def test_what_is_no_readable_spreadsheet_is_refused(data: bytes, message: str) -> None:
    assert list_problems(read_one(data)) == [(message, None, None)]


def test_an_old_excel_file_is_to_be_saved_anew() -> None:
    assert read_one(_OLE2).problems[0].help == "open it in the spreadsheet program and save it as .xlsx"


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="2"/><row r="2"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A2"/></row>',
        '<row r="9999999"/>',
        "<row>",
        '<row><c t="str"><v>\x01</v></c></row>',
    ],
)
def test_a_sheet_that_no_program_wrote_is_refused(sheet: str) -> None:
    assert [problem.message[:19] for problem in read_one(pack_xlsx({"A": sheet})).problems] == [
        "the file is damaged"
    ]


@pytest.mark.parametrize(
    "cell", ['<c t="s"><v>7</v></c>', '<c t="s"><v>-1</v></c>', "<c><v>1,5</v></c>", '<c t="z"><v>1</v></c>']
)
def test_a_damaged_cell_is_refused_at_its_place(cell: str) -> None:
    ((message, row, column),) = list_problems(read_one(pack_xlsx({"A": f"<row>{cell}</row>"})))
    assert message.startswith("the file is damaged")
    assert (row, column) == (1, 1)


def test_a_document_type_is_refused_before_it_is_read() -> None:
    padding = f"<!--{'x' * 65_000}-->"
    for before in ("", padding):
        bomb = (
            f'{before}<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
        )
        ((message, *_),) = list_problems(
            read_one(pack_xlsx({"A": ""}, more={"xl/worksheets/sheet1.xml": bomb}))
        )
        assert message.endswith("a document type")


def test_more_problems_than_anyone_reads_are_cut_short() -> None:
    rows = '<row><c t="e"><v>#N/A</v></c></row>' * 3_000
    problems = read_one(pack_xlsx({"A": rows})).problems
    assert len(problems) == 1_001
    assert problems[-1].message.startswith("too many")
