"""A sheet of which one row is the heading, and the rows below it have a cell for each of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet, SheetRow

MAXIMUM_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """The heading and the rows below it, all of one length; blank rows are left out.

    When there are problems the rows are those that could be read.
    """

    file: str
    heading: list[str]
    rows: list[SheetRow]
    heading_row: int = 1
    facts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return the place of a cell; its column counts from 0 here, as a list does."""
        heading = self.heading[column] if column is not None else None
        return Place(self.file, row, None if column is None else column + 1, heading)


def frame_table(sheet: Sheet, heading: int = 0, *, short_rows: bool = False) -> HeadedTable:
    """Return the rows below the heading, which is at that index of the sheet's rows.

    A row of another length is a problem, as a quote or a delimiter may be missing; with ``short_rows`` one
    that ends early is filled up with blank cells.
    """
    if heading >= len(sheet.rows):
        return HeadedTable(sheet.file, [], [], facts=sheet.facts, problems=sheet.problems)
    head = sheet.rows[heading]
    width = len(head.cells)
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    for row in sheet.rows[heading + 1 :]:
        count = len(row.cells)
        if count == width:
            rows.append(row)
        elif short_rows and count < width:
            rows.append(SheetRow(row.number, [*row.cells, *[""] * (width - count)]))
        else:
            problems.append(describe_width(sheet.file, row.number, count, width))
            if len(problems) >= MAXIMUM_PROBLEMS:
                place = Place(sheet.file, row.number)
                problems.append(Problem("too many such rows; the rest was not read", place))
                break
    return HeadedTable(sheet.file, head.cells, rows, head.number, sheet.facts, (*problems, *sheet.problems))


def describe_width(file: str, row: int, count: int, width: int) -> Problem:
    """Return the problem of a row that has so many cells, other than the heading."""
    noun = "cell" if count == 1 else "cells"
    message = f"the row has {count} {noun}, the heading {width}"
    advice = "look for a missing quote or a delimiter inside a cell, here or in the row above"
    return Problem(message, Place(file, row), advice)


def find_column(table: HeadedTable, name: str) -> int | None:
    """Return the index of the first column of that heading, None when there is none."""
    folded = fold_name(name)
    for column, heading in enumerate(table.heading):
        if fold_name(heading) == folded:
            return column
    return None
