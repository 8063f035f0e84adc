"""A sheet while a spreadsheet is read into it: rows as long as they are, within the bounds of a gradebook."""

from bisect import bisect_left
from dataclasses import dataclass, field

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.headed_table import MAXIMUM_PROBLEMS
from microcred_cli.texts.sheet import MAXIMUM_BYTES, MAXIMUM_CELLS, MAXIMUM_COLUMNS, Sheet, SheetRow

MAXIMUM_ROWS = 1_048_576
# As the csv module has it: what is longer is no cell of a gradebook.
MAXIMUM_CHARACTERS = 131_072


class RefusedSheetError(Exception):
    """The spreadsheet as a whole is refused: a clause that says why, and the number of the row."""

    def __init__(self, reason: str, row: int | None = None, help: str | None = None) -> None:  # noqa: A002
        super().__init__(reason)
        self.reason = reason
        self.row = row
        self.help = help


@dataclass(slots=True)
class SheetBudget:
    """How many more cells and characters are kept, in all sheets together; blank ones between count.

    ``takes_merged``: a merged cell is taken as its first with blank ones behind it, and not refused.
    """

    cells: int = MAXIMUM_CELLS
    characters: int = MAXIMUM_BYTES
    takes_merged: bool = False

    def spend(self, row: int, cells: int, characters: int = 0) -> None:
        """Take from what is left; raises RefusedSheetError when that is not enough."""
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0:
            raise RefusedSheetError(f"more than {MAXIMUM_CELLS:,} cells", row, "divide the file")
        if self.characters < 0:
            raise RefusedSheetError(
                f"the cells have more than {MAXIMUM_BYTES:,} characters", row, "divide the file"
            )


@dataclass(slots=True, eq=False)
class SheetDraft:
    """The rows so far, those that are not blank, by ascending number; columns count from 1.

    A row with a refused cell is left out in the end, because the cell would read as blank; without its first
    row a sheet cannot be read at all.
    """

    name: str
    budget: SheetBudget
    is_hidden: bool = False
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    _rows: list[SheetRow] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _problems: list[tuple[int, int, str, str | None, str | None]] = field(default_factory=list)
    _refused: set[int] = field(default_factory=set)
    _hidden_rows: int = 0
    _first: int | None = None

    def add_cell(self, row: int, column: int, text: str) -> None:
        """Put a text into the open row, whose number is ``row``; cells come from left to right."""
        if not text:
            return
        if column > MAXIMUM_COLUMNS:
            raise RefusedSheetError(
                f"a cell in column {column:,}; at most {MAXIMUM_COLUMNS:,} columns are read", row
            )
        if len(text) > MAXIMUM_CHARACTERS:
            raise RefusedSheetError("a cell is too long", row)
        gap = column - 1 - len(self._cells)
        self.budget.spend(row, gap + 1, len(text))
        if gap:
            self._cells.extend([""] * gap)
        self._cells.append(text)

    def refuse_cell(
        self,
        row: int,
        column: int,
        message: str,
        help: str | None = None,  # noqa: A002 - as Problem has it
        content: str | None = None,
    ) -> None:
        """Note what is wrong with a cell; its row is left out."""
        self._refused.add(row)
        if len(self._problems) <= MAXIMUM_PROBLEMS:
            self._problems.append((row, column, message, help, content))

    def end_row(self, row: int, times: int = 1, *, is_hidden: bool = False) -> None:
        """Close the open row, which stands there so many times from that number on; leave out a blank one."""
        cells, self._cells = self._cells, []
        was_refused = row in self._refused
        if not was_refused and not any(cell.strip() for cell in cells):
            return
        if row + times - 1 > MAXIMUM_ROWS:
            raise RefusedSheetError(f"more than {MAXIMUM_ROWS:,} rows", row)
        self._first = row if self._first is None else self._first
        self._rows.append(SheetRow(row, cells))
        for number in range(row + 1, row + times):
            self.budget.spend(number, len(cells) or 1, sum(map(len, cells)))
            self._rows.append(SheetRow(number, cells))
            if was_refused:
                self._refused.add(number)
        if is_hidden:
            self._hidden_rows += times

    def refuse_merged(self, row: int, column: int, *, is_one_row: bool) -> None:
        """Refuse a merged cell that says something: what it says of the cells below it is a guess.

        A title or heading that goes across columns of the first row is as good as one that does not.
        """
        if self.budget.takes_merged:
            return
        if not (is_one_row and self._first in {None, row}) and self._find_cell(row, column).strip():
            advice = "unmerge it in the spreadsheet program and give every cell its own value"
            self.refuse_cell(row, column, "a merged cell", advice)

    def _find_cell(self, row: int, column: int) -> str:
        index = bisect_left(self._rows, row, key=lambda each: each.number)
        is_closed = index < len(self._rows) and self._rows[index].number == row
        # Else it is the open row, or a blank one; of XLSX, whose rows are all closed by then, always blank.
        cells = self._rows[index].cells if is_closed else self._cells
        return cells[column - 1] if 0 < column <= len(cells) else ""

    def is_blank(self) -> bool:
        """Return whether nothing is on the sheet."""
        return not self._rows

    def finish(self, file: str, format_name: str) -> Sheet:
        """Return the sheet, which is not blank, its rows all of one length."""
        width = max(len(row.cells) for row in self._rows)
        rows = [] if self._first in self._refused else self._rows
        kept = [row for row in rows if row.number not in self._refused]
        lacking = sum(width - len(row.cells) for row in kept)
        self.budget.spend(self._rows[-1].number, lacking)
        filled = [SheetRow(row.number, [*row.cells, *[""] * (width - len(row.cells))]) for row in kept]
        return Sheet(file, filled, self._list_facts(format_name, width), tuple(self._list_problems(file)))

    def _list_facts(self, format_name: str, width: int) -> dict[str, str]:
        facts = {"format": format_name, "sheet": self.name}
        columns = sum(max(0, min(last, width) - first + 1) for first, last in self.hidden_columns)
        if self._hidden_rows:
            facts["hidden rows"] = f"{self._hidden_rows:,}, read like the others"
        if columns:
            facts["hidden columns"] = f"{columns:,}, read like the others"
        if self.is_hidden:
            facts["hidden sheet"] = "read like the others"
        return facts

    def _list_problems(self, file: str) -> list[Problem]:
        found = sorted(self._problems, key=lambda problem: problem[:2])
        problems = [
            Problem(message, Place(file, row, column), advice, content)
            for row, column, message, advice, content in found[:MAXIMUM_PROBLEMS]
        ]
        if len(found) > MAXIMUM_PROBLEMS:
            problems.append(Problem("too many such cells; the rest was not looked at", Place(file)))
        return problems
