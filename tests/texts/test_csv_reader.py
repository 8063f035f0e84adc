"""The strict CSV reader and the writer that goes with it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.texts.csv_reader import CUT, read_csv, read_sheet
from microcred_cli.texts.csv_writer import read_guarded, write_csv
from microcred_cli.texts.sheet import MAXIMUM_BYTES, MAXIMUM_COLUMNS
from tests.shared import find_shared


@pytest.mark.parametrize(
    ("data", "row", "message"),
    [
        (b"a,b\n1,2\xff\n", 2, "the file is not UTF-8"),
        (
            "a,b\n1,2\n".encode("utf-16")[:-1],
            None,
            "the file ends in the middle of a character: it was cut off",
        ),
        (b"PK\x03\x04\x00\xff", None, "this is a spreadsheet or an archive, not a CSV file"),
        (b"a,b\n1,\x002\n", 2, "a NUL character: this is no text file"),
        (b'a,b\n1,2\n"3,4\n5,6\n', 3, "a quote that opens in this row is never closed"),
        (b'a,b\n"1"x,2\n', 2, "a quoted cell goes on after its closing quote"),
        (b"a,b\n1,2,3\n", 2, "the row has 3 cells, the heading 2"),
        (b"a,b\n1\n", 2, "the row has 1 cell, the heading 2"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", 2, "a cell is too long"),
        (b"", None, "the file is empty"),
        (b"\n\n , \n", None, "the file is empty"),
        (b"," * (MAXIMUM_COLUMNS + 1) + b"x", 1, "10,002 columns; at most 10,000 are read"),
        (b"x" * (MAXIMUM_BYTES + 1), None, "the file has more than 12,000,000 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused_files(data: bytes, row: int | None, message: str) -> None:
    (problem,) = read_csv("g.csv", data).problems
    assert (problem.place.row, problem.message) == (row, message)


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    table = read_csv("g.csv", b'a,b\r\n"one\r\ntwo",2\r\n\r\n,\r\n5,6\r\n')
    assert [(row.number, row.cells) for row in table.rows] == [(2, ["one\r\ntwo", "2"]), (5, ["5", "6"])]


def test_the_byte_order_mark_is_no_part_of_the_heading() -> None:
    table = read_csv("g.csv", b"\xef\xbb\xbfa;b\n1;2\n")
    assert table.heading == ["a", "b"]
    assert table.facts == {
        "encoding": "UTF-8 with byte order mark",
        "delimiter": "semicolon",
        "rows": "1 to 2",
    }


WHOLE = "learner;Essay\r\nzoë;12,5\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_cut_at_any_byte_is_refused_or_says_where_it_ends(encoding: str) -> None:
    data = WHOLE.encode(encoding)
    whole = read_csv("g.csv", data)
    assert CUT not in whole.facts
    for end in range(len(data)):
        sheet = read_sheet("g.csv", data[:end])
        rows = [row.cells for row in sheet.rows]
        if sheet.problems or CUT in sheet.facts:
            continue
        # Cut between two rows: what is said to have been read is what is there.
        assert sheet.facts["rows"] == f"1 to {len(rows)}"
        assert rows == [whole.heading, *(row.cells for row in whole.rows)][: len(rows)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", ":"])
def test_encodings_and_delimiters_that_exports_have(encoding: str, delimiter: str) -> None:
    lines = [("Essay, 1", "b", "c"), ("é", "1;2", "d:e")]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table = read_csv("g.csv", text.encode(encoding))
    assert table.problems == ()
    assert (table.heading, [row.cells for row in table.rows]) == (list(lines[0]), [list(lines[1])])


def test_a_comma_in_a_row_does_not_make_colons_text() -> None:
    assert read_sheet("g.csv", b"Name:Essay:Talk\nSmith,Jr:3:4\n").rows[1].cells == ["Smith,Jr", "3", "4"]


def test_titles_with_semicolons_are_no_table_of_semicolons() -> None:
    sheet = read_sheet("g.csv", b"learner,Essay; a; b; c\nzoe,3\nsean,4\n")
    assert [row.cells for row in sheet.rows] == [["learner", "Essay; a; b; c"], ["zoe", "3"], ["sean", "4"]]


def test_lines_that_an_export_begins_with_do_not_hide_its_delimiter() -> None:
    sheet = read_sheet("g.csv", b"Course:A\nAssignment:B\n\nlearner;item;score\ns;Essay;3,5\n")
    assert [(row.number, len(row.cells)) for row in sheet.rows] == [(1, 1), (2, 1), (4, 3), (5, 3)]


def test_every_file_of_csv_spectrum() -> None:
    folder = find_shared("corpora", "csv-spectrum")
    names = sorted(path.stem for path in (folder / "csvs").glob("*.csv"))
    assert len(names) >= 12
    for name in names:
        table = read_csv(name, (folder / "csvs" / f"{name}.csv").read_bytes())
        assert table.problems == ()
        expected = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))
        rows = [dict(zip(table.heading, row.cells, strict=True)) for row in table.rows]
        if name == "location_coordinates":
            # The corpus contradicts itself here: another phone number, and no list around the row.
            expected = [{**expected, "Contact Phone Number": rows[0]["Contact Phone Number"]}]
        assert rows == expected, name


CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_reads_back_and_runs_nowhere(rows: list[list[str]]) -> None:
    data = write_csv(["x", "y", "z"], [["k", *row[1:]] for row in rows])
    table = read_csv("g.csv", data)
    assert table.problems == ()
    assert [list(map(read_guarded, row.cells)) for row in table.rows] == [["k", *row[1:]] for row in rows]
    for row in table.rows:
        assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for cell in row.cells)
