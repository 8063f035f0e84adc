"""The generic wide layout: a row a learner, a column an item.

``learner`` and any of ``name,email``; every other column is an item. A row whose learner is
``points possible`` gives the maxima.
"""

from dataclasses import replace
from decimal import Decimal

from microcred_cli.gradebooks.cells import CellReader
from microcred_cli.gradebooks.generic import GRAMMAR
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.wide import (
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_column_mark,
    find_maxima,
    gives_maxima,
    is_wanted,
    read_possible,
    read_wide,
)
from microcred_cli.model.gradebook import Gradebook, Item, Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable, find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "generic wide table"
# What spreadsheets have below the learners.
_SUMMARIES = frozenset(
    {"average", "mean", "median", "total", "totals", "sum", "max", "maximum", "min", "minimum", "count"}
)


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is of this layout, or None when it is not."""
    heading = sheet.fold_heading()
    if "learner" not in heading or {"item", "score"} <= set(heading):
        return None
    return "there is a column “learner”, but not both “item” and “score”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the table says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    key_column = find_column(table, "learner") or 0
    personal = [find_column(table, name) for name in ("name", "email")]
    columns = [
        column
        for column, heading in enumerate(table.heading)
        if heading.strip() and column != key_column and column not in personal
    ]
    problems = [*table.problems, *check_headings(table, range(len(table.heading)))]
    maxima, doubled = find_maxima(table, key_column)
    problems += doubled
    problems += [
        Problem(
            "this row is named like a summary of the others, not like a learner",
            table.place(row.number, key_column),
            "delete it; a row whose learner is `points possible` gives the maxima",
        )
        for row in table.rows
        if fold_name(row.cells[key_column]) in _SUMMARIES
    ]
    items = {column: _name_item(table, column) for column in columns}
    used = [column for column in columns if is_wanted(items[column], settings)]
    mark, undecided = find_column_mark(table, used, settings)
    problems += undecided
    if maxima is not None:
        for column in columns:
            possible, refused = _read_maximum(table, maxima, column, mark)
            items[column] = replace(items[column], possible=possible)
            if refused is not None and column in used:
                problems.append(refused)
    reader = CellReader(GRAMMAR, mark)
    layout = WideLayout(
        SYSTEM,
        reason,
        key_column,
        [ScoreColumn(column, items[column], reader) for column in columns],
        lambda row: _read_learner(row, key_column, personal),
        facts=describe_reading(table, mark, key_column),
    )
    learner_rows = [row for row in table.rows if not gives_maxima(row, key_column)]
    return read_wide(replace(table, rows=learner_rows), layout, settings, problems)


def _name_item(table: HeadedTable, column: int) -> Item:
    heading = table.heading[column].strip()
    return Item(heading, heading, None, column + 1)


def _read_maximum(
    table: HeadedTable, row: SheetRow, column: int, mark: DecimalMark
) -> tuple[Decimal | None, Problem | None]:
    return read_possible(row.cells[column], table.place(row.number, column), mark)


def _read_learner(row: SheetRow, key_column: int, personal: list[int | None]) -> Learner:
    name, email = (row.cells[column].strip() if column is not None else "" for column in personal)
    return Learner(row.cells[key_column].strip(), name or None, email or None, row.number)
