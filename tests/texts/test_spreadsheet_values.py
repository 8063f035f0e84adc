from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.texts.sheets import list_problems, read_one, read_row, write_ods_cells
from tests.texts.spreadsheets import pack_xlsx

_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="{}"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
)


def write_formatted(code: str, *stored: str, around: str = "") -> bytes:
    cells = "".join(f'<c s="1"><v>{number}</v></c>' for number in stored)
    return pack_xlsx({"A": f"<row>{cells}</row>"}, styles=_STYLES.format(code), around=around)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("3.5000000000000004", "3.5"),
        ("0.30000000000000004", "0.3"),
        ("1E-5", "0.00001"),
        ("1.5E+3", "1500"),
        ("3.3333333333333335", "3.333333333"),
        ("-0", "0"),
        ("123456789012345", "123456789012345"),
        ("87.500", "87.5"),
    ],
)
def test_a_number_is_written_in_full(stored: str, shown: str) -> None:
    assert read_row(pack_xlsx({"A": f"<row><c><v>{stored}</v></c></row>"})) == [shown]
    assert read_row(
        write_ods_cells(f'<table:table-cell office:value-type="float" office:value="{stored}"/>')
    ) == [shown]


@pytest.mark.parametrize("stored", ["12345678901234567890", "1.2345678901234567E+19", "-1E+400"])
def test_a_number_that_has_lost_digits_is_refused(stored: str) -> None:
    rows = f'<row><c t="str"><v>id</v></c></row><row><c><v>{stored}</v></c></row>'
    sheet = read_one(pack_xlsx({"A": rows}))
    ((message, row, column),) = list_problems(sheet)
    assert "more than 15 digits" in message
    assert (row, column) == (2, 1)
    assert stored not in message
    assert sheet.problems[0].content == stored
    assert [each.number for each in sheet.rows] == [1]


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0.0%", "0.875", "87.5%"),
        ("0%;[Red]-0%", "7.0000000000000007E-2", "7%"),
        ("0.0\\%", "87.5", "87.5%"),
        ("0&quot;%&quot;", "87.5", "87.5%"),
        ("00000000", "123", "00000123"),
        ("#,##0.00 [$€-407]", "1234.5", "1234.5"),
        ("yyyy\\-mm\\-dd", "46082", "2026-03-01"),
        ("[$-409]d\\ mmm\\ yy;@", "46082.4375", "2026-03-01T10:30:00"),
        ("mmm", "46082", "2026-03-01"),
        ("h:mm AM/PM", "0.4375", "10:30:00"),
        ("h:mm", "0", "00:00:00"),
        ("h:mm", "46082.4375", "2026-03-01T10:30:00"),
        ("[h]:mm", "1.5", "36:00:00"),
        ("d/m/yyyy", "59", "1900-02-28"),
        ("d/m/yyyy", "61", "1900-03-01"),
        ("&quot;days&quot; 0", "3", "3"),
        ("[Red]0", "3", "3"),
    ],
)
def test_a_number_is_shown_as_its_format_says(code: str, stored: str, shown: str) -> None:
    assert read_row(write_formatted(code, stored)) == [shown]


def test_builtin_formats_are_known_by_number() -> None:
    cells = "".join(f'<c s="{style}"><v>0.5</v></c>' for style in range(3))
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="20"/></cellXfs>'
    assert read_row(pack_xlsx({"A": f"<row>{cells}</row>"}, styles=styles)) == ["0.5", "50%", "12:00:00"]


def test_dates_may_count_from_1904() -> None:
    data = write_formatted("yyyy-mm-dd", "44620", around='<workbookPr date1904="1"/>')
    assert read_row(data) == ["2026-03-01"]


@given(st.dates(min_value=date(1900, 3, 1)))
def test_days_are_counted_as_spreadsheets_do(day: date) -> None:
    # Day 61 is 1 March 1900.
    stored = day.toordinal() - date(1900, 3, 1).toordinal() + 61
    assert read_row(write_formatted("d.m.yy", str(stored))) == [day.isoformat()]


@pytest.mark.parametrize("stored", ["-1", "0", "60", "2958466"])
def test_a_date_that_is_none_is_refused(stored: str) -> None:
    assert list_problems(read_one(write_formatted("d.m.yy", stored))) == [
        ("a number in the format of a date that is none", 1, 1)
    ]
