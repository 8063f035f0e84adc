"""The Canvas gradebook export.

Layout from ``lib/gradebook_exporter.rb`` of instructure/canvas-lms: a heading; a row that says which
assignments are posted by hand, if any; a row ``    Points Possible``; then learners, the test student
last. Assignments stand as ``Title (id)``. Cells: blank (no score: missing and ungraded look alike),
``EX``, ``N/A``, numbers with the decimal mark of the account's language, letters for assignments graded
on a GPA scale.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from microcred_cli.gradebooks.cells import CellGrammar, CellReader, unwrap_guard
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.wide import (
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_column_mark,
    is_wanted,
    read_possible,
    read_wide,
)
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable, find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Canvas gradebook export"
GRAMMAR = CellGrammar({"EX": CellState.EXCUSED, "N/A": CellState.NOT_ASSIGNED}, letters=True)
_ITEM = re.compile(r"(.*\S) \(([0-9]+)\)", re.DOTALL)
_POINTS_POSSIBLE = "points possible"
_META_ROWS = 3
_TEST_STUDENT = "Student, Test"


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a Canvas gradebook export, or None when it is none."""
    if "id" not in sheet.fold_heading():
        return None
    for index, row in enumerate(sheet.rows[1 : _META_ROWS + 1], start=1):
        if sheet.fold_heading(index)[0] == _POINTS_POSSIBLE:
            return f"row {row.number} starts with “Points Possible”, and there is a column “ID”"
    return None


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    index = next(
        (at for at, row in enumerate(table.rows) if fold_name(row.cells[0]) == _POINTS_POSSIBLE), None
    )
    if index is None:  # the row is there, and shorter or longer than the heading
        return Gradebook(table.file, SYSTEM, reason, problems=table.problems)
    return _Reading(table, index, settings).read(reason)


class _Reading:
    def __init__(self, table: HeadedTable, possible: int, settings: GradebookSettings) -> None:
        self.table = table
        self.settings = settings
        self.problems = list(table.problems)
        self.possible_row = table.rows[possible]
        self.learner_rows = table.rows[possible + 1 :]
        self.sis_column = find_column(table, "SIS User ID")
        divided = [find_column(table, name) for name in ("LastName", "FirstName")]
        self.name_columns = [column for column in divided if column is not None] or [0]
        self.key_column = self._find_key_column()

    def read(self, reason: str) -> Gradebook:
        columns = [
            column for column, heading in enumerate(self.table.heading) if self._is_item(column, heading)
        ]
        if not columns:
            self.problems.append(
                Problem(
                    "no column is an assignment",
                    self.table.place(1),
                    "Canvas writes the heading of an assignment as “Title (id)”",
                )
            )
        self.problems += check_headings(self.table, [*range(min(columns, default=0)), *columns])
        wanted = [column for column in columns if is_wanted(self._name_item(column), self.settings)]
        rows = [self.possible_row, *self.learner_rows]
        numbers = replace(self.table, rows=rows)
        mark, undecided = find_column_mark(numbers, wanted, self.settings)
        self.problems += undecided
        reader = CellReader(GRAMMAR, mark)
        layout = WideLayout(
            SYSTEM,
            reason,
            self.key_column,
            [ScoreColumn(column, self._read_item(column, mark, wanted), reader) for column in columns],
            self._read_learner,
            "test student",
            facts=describe_reading(self.table, mark, self.key_column),
        )
        return read_wide(replace(self.table, rows=self.learner_rows), layout, self.settings, self.problems)

    def _is_item(self, column: int, heading: str) -> bool:
        """Tell assignments by the id in their heading, and totals by words like `(read only)`."""
        if _ITEM.fullmatch(heading) is None:
            return False
        return not self.possible_row.cells[column].strip().startswith("(")

    def _find_key_column(self) -> int:
        name = self.settings.learner or "ID"
        column = find_column(self.table, name)
        if column is None:
            self.problems.append(
                Problem(
                    f"there is no column “{name}” to tell learners apart by",
                    self.table.place(1),
                    "the project file names it under gradebook, learner",
                )
            )
            column = find_column(self.table, "ID")
        return column or 0

    def _name_item(self, column: int) -> Item:
        heading = self.table.heading[column]
        match = _ITEM.fullmatch(heading)
        return Item(match[1] if match is not None else heading, heading, None, column + 1)

    def _read_item(self, column: int, mark: DecimalMark, wanted: Sequence[int]) -> Item:
        item = self._name_item(column)
        place = self.table.place(self.possible_row.number, column)
        possible, refused = read_possible(self.possible_row.cells[column], place, mark)
        if refused is not None and column in wanted:
            self.problems.append(refused)
        return Item(item.name, item.heading, possible, item.column)

    def _read_learner(self, row: SheetRow) -> Learner | None:
        if self._is_test_student(row):
            return None
        name = ", ".join(unwrap_guard(row.cells[column]) for column in self.name_columns)
        key = unwrap_guard(row.cells[self.key_column]).strip()
        return Learner(key, name.strip(", ") or None, None, row.number)

    def _is_test_student(self, row: SheetRow) -> bool:
        """Tell the student view's row: named so, and, unlike anyone enrolled, without an SIS id."""
        if unwrap_guard(row.cells[0]) != _TEST_STUDENT:
            return False
        return self.sis_column is None or not row.cells[self.sis_column].strip()
