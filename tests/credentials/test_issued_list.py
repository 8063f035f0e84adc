from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.credentials.issued_list import IssuedRow, merge_rows, read_issued, write_issued
from microcred_cli.model.refusal import Refusal

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
ROW = st.builds(IssuedRow, st.uuids().map(str), TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)
A = IssuedRow("a", "a.json", "a.svg", "1", "Ada", "ada@x.org", "teamwork", "1.0.0", "2026-11-25T00:00:00Z")
B = replace(A, badge="b", learner="=1+1", name='Bo "B", Jr.')


@given(st.lists(ROW, max_size=5))
def test_what_is_written_is_read(rows: list[IssuedRow]) -> None:
    assert read_issued(write_issued(rows)) == tuple(rows)


def test_a_badge_has_one_row_the_newest_in_the_place_of_the_first() -> None:
    renamed = replace(A, name="Ada L.")
    assert merge_rows([A, B], [renamed]) == (renamed, B)


def test_a_spreadsheet_runs_nothing() -> None:
    assert b"'=1+1" in write_issued([B])


def test_other_tables_are_refused() -> None:
    written = write_issued([A])
    for data in (b"", b"badge,json\na,b\n", written.replace(b"valid_from", b"valid"), written[:-30], b"\xff"):
        assert isinstance(read_issued(data), Refusal)
