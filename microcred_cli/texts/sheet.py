"""A table as it stands in a file, before anyone knows which of its rows is the heading."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from microcred_cli.model.problem import Problem
from microcred_cli.texts.names import fold_name

MAXIMUM_BYTES = 12_000_000
MAXIMUM_CELLS = 1_500_000
MAXIMUM_COLUMNS = 10_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row and its number, counted as a spreadsheet does."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are not blank, as long as they are.

    ``facts`` are what a person wants to know of how the file was read, such as its encoding. With
    ``problems`` the rows are those that could be read.
    """

    file: str
    rows: list[SheetRow]
    facts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def fold_heading(self, row: int = 0) -> list[str]:
        """Return the folded cells of a row, the first when nothing is said; none where there is no row."""
        return [fold_name(cell) for cell in self.rows[row].cells] if row < len(self.rows) else []
