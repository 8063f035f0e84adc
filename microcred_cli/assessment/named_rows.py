"""Tables that people write with columns in any order: each row by the names of its columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.csv_reader import CsvTable, find_column, read_csv
from microcred_cli.texts.suggest import advise_name


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row: its number, the cells without outer spaces by column, and where each of them stands."""

    number: int
    cells: dict[str, str]
    places: dict[str, Place]


def read_named_rows(
    file: str, data: bytes, required: Sequence[str], *, others: bool
) -> tuple[tuple[NamedRow, ...], tuple[Problem, ...]]:
    """Return the rows of a CSV that has the required columns, and what is wrong with its form.

    ``others``: whether further columns are passed over; else each is a problem.
    """
    table = read_csv(file, data)
    if table.problems:
        return (), table.problems
    columns = {name: column for name in required if (column := find_column(table, name)) is not None}
    problems = [
        Problem(f"there is no column “{name}”", Place(file, 1), f"the columns are {', '.join(required)}")
        for name in required
        if name not in columns
    ]
    if not others:
        problems += _refuse_others(table, required, set(columns.values()))
    if problems:
        return (), tuple(problems)
    return tuple(_list_rows(table, columns)), ()


def _refuse_others(table: CsvTable, required: Sequence[str], known: set[int]) -> Iterator[Problem]:
    for column, heading in enumerate(table.heading):
        if column not in known:
            advice = advise_name(heading, required)
            yield Problem("this table has no such column", table.place(1, column), advice)


def _list_rows(table: CsvTable, columns: dict[str, int]) -> Iterator[NamedRow]:
    for row in table.rows:
        yield NamedRow(
            row.number,
            {name: row.cells[column].strip() for name, column in columns.items()},
            {name: table.place(row.number, column) for name, column in columns.items()},
        )
