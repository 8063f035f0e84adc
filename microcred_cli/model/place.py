"""Where something stands: in a text (by character) or in a table (by row and column)."""

from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` up to, not including, ``end`` of a text."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column, both counted from 1, as editors show them."""

    line: int
    column: int


class Place(NamedTuple):
    """A file and, as far as they are known, the row, column and heading in it.

    Rows and columns count from 1 as a spreadsheet does: the heading is row 1, and a cell with line
    breaks is still one row.
    """

    file: str
    row: int | None = None
    column: int | None = None
    heading: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {name_column(self.column)}")
        where = ", ".join(parts)
        return f"{where} ({self.heading})" if self.heading else where


def name_column(column: int) -> str:
    """Return the letters a spreadsheet shows for the column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
