"""The scores of a Gradescope assignment (Download Grades, Download CSV).

``Total Score`` and ``Max Points`` of the assignment, a ``Status``, when it was submitted and how late, then
a column a question, ``1: Title (4.0 pts)`` or ``1.1 (4.0 pts)``. The order varies, columns may lack a
heading, and rows of learners who handed in nothing end early. A row that is not graded to the end has a
number all the same; it is no score yet.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from microcred_cli.gradebooks.cells import CellGrammar, CellReader
from microcred_cli.gradebooks.gradescope_submissions import SubmissionColumns, choose_key, find_columns
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.printed_numbers import find_printed_mark, shorten_numbers
from microcred_cli.gradebooks.wide import (
    RowNotes,
    ScoreColumn,
    WideLayout,
    describe_reading,
    is_wanted,
    read_possible,
    read_wide,
)
from microcred_cli.model.gradebook import CellState, Gradebook, Item
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark, parse_number
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Gradescope scores"
_TOTAL, _POSSIBLE, _STATUS, _LATENESS = "Total Score", "Max Points", "Status", "Lateness (H:M:S)"
_NEEDED = frozenset(fold_name(name) for name in (_TOTAL, _POSSIBLE, _STATUS, _LATENESS))
_GRADED, _UNGRADED, _MISSING = "Graded", "Ungraded", "Missing"
# What the cells of a row that is not graded to the end are made to say; no cell of a file can say it.
_NOT_FINAL = "\x00"
GRAMMAR = CellGrammar({_NOT_FINAL: CellState.UNGRADED})
_QUESTION = re.compile(r"(?:[0-9]+(?:\.[0-9]+)*: )?(.+) \(([0-9]+(?:\.[0-9]+)?) pts?\)", re.DOTALL)
_HOW_LATE = re.compile(r"[0-9]+:[0-5][0-9]:[0-5][0-9]", re.ASCII)


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is the scores of a Gradescope assignment, or None when it is not."""
    if not set(sheet.fold_heading()) >= _NEEDED:
        return None
    return f"there are the columns “{_TOTAL}”, “{_POSSIBLE}”, “{_STATUS}” and “{_LATENESS}”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    table = frame_table(_fill_missing(sheet))
    columns, problems = find_columns(table, choose_key([table]), settings)
    if columns is None:
        return Gradebook(table.file, SYSTEM, reason, problems=(*table.problems, *problems))
    return _Reading(columns, settings, [*table.problems, *problems]).read(reason)


def _fill_missing(sheet: Sheet) -> Sheet:
    """Return the sheet with the rows filled up that may end early; any other short row is a mistake."""
    status = sheet.fold_heading().index(fold_name(_STATUS))
    width = len(sheet.rows[0].cells)
    rows = [
        replace(row, cells=[*row.cells, *[""] * (width - len(row.cells))])
        if row.cells[status : status + 1] == [_MISSING]
        else row
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows)


class _Reading:
    def __init__(
        self, columns: SubmissionColumns, settings: GradebookSettings, problems: Iterable[Problem]
    ) -> None:
        self.columns = columns
        self.settings = settings
        self.problems = list(problems)
        table = columns.table
        self.total, self.possible, self.status, self.lateness = (
            find_column(table, name) or 0 for name in (_TOTAL, _POSSIBLE, _STATUS, _LATENESS)
        )
        items = {column: _name_question(heading, column) for column, heading in enumerate(table.heading)}
        items[self.total] = Item(_TOTAL, table.heading[self.total], None, self.total + 1)
        self.items = {column: item for column, item in items.items() if item is not None}
        self.wanted = [column for column, item in self.items.items() if is_wanted(item, settings)]
        self.table = shorten_numbers(table, [*self.items, self.possible])

    def read(self, reason: str) -> Gradebook:
        self.problems += check_headings(self.table, self.items)
        mark, undecided = find_printed_mark(self.table, [*self.wanted, self.possible], self.settings)
        self.problems += undecided
        maxima = self._read_maxima(mark) if self.total in self.wanted else {}
        self.items[self.total] = replace(self.items[self.total], possible=next(iter(maxima.values()), None))
        rows = [settled for row in self.table.rows if (settled := self._settle(row, mark)) is not None]
        reader = CellReader(GRAMMAR, mark)
        layout = WideLayout(
            SYSTEM,
            reason,
            self.columns.key,
            [ScoreColumn(column, item, reader) for column, item in self.items.items()],
            self.columns.read_learner,
            read_notes=self._read_notes,
            facts=describe_reading(self.table, mark, self.columns.key),
        )
        gradebook = read_wide(replace(self.table, rows=rows), layout, self.settings, self.problems)
        # Versions of an assignment may be worth different points, so each row has its own.
        scores = tuple(
            score._replace(possible=maxima.get(score.row)) if score.column == self.total + 1 else score
            for score in gradebook.scores
        )
        return replace(gradebook, scores=scores)

    def _read_maxima(self, mark: DecimalMark) -> dict[int, Decimal]:
        """Return the points possible of the assignment by the number of the row that says them."""
        maxima = {}
        for row in self.table.rows:
            place = self.table.place(row.number, self.possible)
            possible, refused = read_possible(row.cells[self.possible], place, mark)
            if refused is not None:
                self.problems.append(replace(refused, learner=self._name_learner(row)))
            elif possible is not None:
                maxima[row.number] = possible
            elif row.cells[self.status] == _GRADED:
                self._refuse(row, self.possible, "this row has no points possible", "fill them in")
        return maxima

    def _settle(self, row: SheetRow, mark: DecimalMark) -> SheetRow | None:
        """Return the row with cells that say what its status means; None when it has no status we know."""
        status = row.cells[self.status]
        if status == _GRADED:
            return row
        if status == _UNGRADED:
            return _overwrite(row, list(self.items), _NOT_FINAL)
        if status == _MISSING:
            for column in self.wanted:
                text = row.cells[column]
                if text.strip() and parse_number(text, mark) != 0:
                    message = "a score in a row that says that nothing was handed in"
                    self._refuse(row, column, message, "correct whichever is wrong")
            return _overwrite(row, list(self.items), "")
        message = "this row does not say whether it is graded"
        advice = f"the status is {_GRADED}, {_UNGRADED} or {_MISSING}"
        self._refuse(row, self.status, message, advice)
        return None

    def _refuse(self, row: SheetRow, column: int, message: str, advice: str) -> None:
        place = self.table.place(row.number, column)
        self.problems.append(Problem(message, place, advice, row.cells[column], self._name_learner(row)))

    def _name_learner(self, row: SheetRow) -> str | None:
        return row.cells[self.columns.key].strip() or None

    def _read_notes(self, row: SheetRow) -> tuple[RowNotes, Sequence[Problem]]:
        at, date, problems = self.columns.read_time(row)
        text = row.cells[self.lateness]
        if not text.strip():
            return RowNotes(at, date), problems
        if _HOW_LATE.fullmatch(text) is None:
            place = self.table.place(row.number, self.lateness)
            advice = "Gradescope writes it as hours:minutes:seconds, such as 01:30:00"
            problems.append(Problem("this does not say how late the work was", place, advice, content=text))
        return RowNotes(at, date, late=any(digit in "123456789" for digit in text)), problems


def _name_question(heading: str, column: int) -> Item | None:
    """Return the question that a column is of, with its points; None for any other column."""
    match = _QUESTION.fullmatch(heading)
    return Item(match[1], heading, parse_number(match[2]), column + 1) if match is not None else None


def _overwrite(row: SheetRow, columns: Sequence[int], text: str) -> SheetRow:
    chosen = set(columns)
    cells = [text if column in chosen else cell for column, cell in enumerate(row.cells)]
    return SheetRow(row.number, cells)
