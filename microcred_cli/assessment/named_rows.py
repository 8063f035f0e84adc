"""Tables that people write with columns in any order: each row by the names of its columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.csv_reader import read_csv
from microcred_cli.texts.csv_writer import read_guarded
from microcred_cli.texts.headed_table import HeadedTable, find_column
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.suggest import advise_name


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row: its number, the cells by column with single spaces, and where each of them stands."""

    number: int
    cells: dict[str, str]
    places: dict[str, Place]

    def read_word(self, name: str) -> str:
        """Return a cell as ids and decisions are written: in lower case, with hyphens for spaces."""
        return fold_name(self.cells[name]).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class NamedTable:
    """The rows of a table, and where the heading of each required column stands."""

    rows: tuple[NamedRow, ...] = ()
    columns: tuple[tuple[str, Place], ...] = ()


def read_named_rows(
    file: str, data: bytes, required: Sequence[str], *, others: bool
) -> tuple[NamedTable, tuple[Problem, ...]]:
    """Return the rows of a CSV in which no required cell is blank, and what is wrong with the others.

    ``others``: whether further columns are passed over; else each is a problem. The guards that a spreadsheet
    needs before what looks like a formula are taken off.
    """
    table = read_csv(file, data)
    if table.problems:
        return NamedTable(), table.problems
    columns = {name: column for name in required if (column := find_column(table, name)) is not None}
    problems = [
        Problem(f"there is no column “{name}”", Place(file, 1), f"the columns are {', '.join(required)}")
        for name in required
        if name not in columns
    ]
    problems += _refuse_columns(table, required, set(columns.values()), others=others)
    if problems:
        return NamedTable(), tuple(problems)
    rows = list(_list_rows(table, columns))
    blank = {row.number: list(_refuse_blanks(row)) for row in rows}
    return (
        NamedTable(
            tuple(row for row in rows if not blank[row.number]),
            tuple((name, table.place(None, column)) for name, column in columns.items()),
        ),
        tuple(problem for each in blank.values() for problem in each),
    )


def _refuse_columns(
    table: HeadedTable, required: Sequence[str], known: set[int], *, others: bool
) -> Iterator[Problem]:
    for column, heading in enumerate(table.heading):
        if column in known:
            continue
        if fold_name(heading) in required:
            yield Problem("this column is there twice", table.place(1, column), "delete one of the two")
        elif not others and not _is_blank(table, column):
            advice = advise_name(heading, required)
            yield Problem("this table has no such column", table.place(1, column), advice)


def _is_blank(table: HeadedTable, column: int) -> bool:
    """Return whether a column holds nothing: spreadsheets write those that were once in use."""
    return not any(cells[column].strip() for cells in (table.heading, *(row.cells for row in table.rows)))


def _list_rows(table: HeadedTable, columns: dict[str, int]) -> Iterator[NamedRow]:
    for row in table.rows:
        yield NamedRow(
            row.number,
            {name: " ".join(read_guarded(row.cells[column]).split()) for name, column in columns.items()},
            {name: table.place(row.number, column) for name, column in columns.items()},
        )


def _refuse_blanks(row: NamedRow) -> Iterator[Problem]:
    for name, cell in row.cells.items():
        if not cell:
            yield Problem(f"this row lacks its {name}", row.places[name], "fill it in, or delete the row")
