"""The Canvas gradebook export.

Layout from ``lib/gradebook_exporter.rb`` of instructure/canvas-lms: a heading; a row that says which
assignments are posted by hand, if any; a row ``    Points Possible``; then learners, the test student
last. Assignments stand as ``Title (id)``. Cells: blank (no score: missing and ungraded look alike),
``EX``, ``N/A``, numbers with the decimal mark of the account's language, letters for assignments graded
on a GPA scale.
"""

import re
from collections.abc import Sequence

from microcred_cli.gradebooks.cells import CellReader, describe_refused_cell, unwrap_guard
from microcred_cli.gradebooks.grid import describe_reading, read_row
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.learners import LearnerList
from microcred_cli.gradebooks.marks import find_mark
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Learner, Score
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import CsvRow, CsvTable, find_column
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark, parse_number

SYSTEM = "Canvas gradebook export"
WORDS = {"EX": CellState.EXCUSED, "N/A": CellState.NOT_ASSIGNED}
_ITEM = re.compile(r"(.*\S) \(([0-9]+)\)", re.DOTALL)
_POINTS_POSSIBLE = "points possible"
_META_ROWS = 3
_TEST_STUDENT = "Student, Test"


def recognise(table: CsvTable) -> str | None:
    """Return why the table is a Canvas gradebook export, or None when it is none."""
    if find_column(table, "ID") is None:
        return None
    for row in table.rows[:_META_ROWS]:
        if fold_name(row.cells[0]) == _POINTS_POSSIBLE:
            return f"row {row.number} starts with “Points Possible”, and there is a column “ID”"
    return None


def read(table: CsvTable, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    return _Reading(table, settings).read(reason)


class _Reading:
    def __init__(self, table: CsvTable, settings: GradebookSettings) -> None:
        self.table = table
        self.settings = settings
        self.problems: list[Problem] = []
        index = next(
            index for index, row in enumerate(table.rows) if fold_name(row.cells[0]) == _POINTS_POSSIBLE
        )
        self.possible_row = table.rows[index]
        self.learner_rows = table.rows[index + 1 :]
        self.test_students = 0
        self.sis_column = find_column(table, "SIS User ID")
        divided = [find_column(table, name) for name in ("LastName", "FirstName")]
        self.name_columns = [column for column in divided if column is not None] or [0]

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
        key_column = self._find_key_column()
        wanted = [column for column in columns if self._is_wanted(column)]
        self.problems += check_headings(self.table, [*range(min(columns, default=0)), *columns])
        mark = self._find_mark(wanted)
        items = {column: self._read_item(column, mark) for column in columns}
        wanted_items = {column: items[column] for column in wanted}
        learners = LearnerList()
        scores: list[Score] = []
        reader = CellReader(WORDS, mark, letters=True)
        for row in self.learner_rows:
            if self._is_test_student(row):
                self.test_students += 1
                continue
            learner = self._read_learner(row, key_column)
            problem = learners.add(learner, self.table.place(row.number, key_column), once=True)
            if problem is not None:
                self.problems.append(problem)
                continue
            row_scores, row_problems = read_row(self.table, row, learner.key, wanted_items, reader)
            scores += row_scores
            self.problems += row_problems
        facts = describe_reading(self.table, mark, key_column)
        if self.test_students:
            facts["left out"] = f"{self.test_students} test student"
        return Gradebook(
            self.table.file,
            SYSTEM,
            reason,
            learners.list(),
            tuple(items.values()),
            tuple(scores),
            tuple(self.problems),
            facts,
        )

    def _is_item(self, column: int, heading: str) -> bool:
        """Tell assignments by the id in their heading, and totals by words like `(read only)`."""
        if _ITEM.fullmatch(heading) is None:
            return False
        return not self.possible_row.cells[column].strip().startswith("(")

    def _is_wanted(self, column: int) -> bool:
        if self.settings.only is None:
            return True
        heading = self.table.heading[column]
        match = _ITEM.fullmatch(heading)
        names = {fold_name(heading), fold_name(match[1]) if match is not None else ""}
        return not names.isdisjoint(self.settings.only)

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

    def _find_mark(self, columns: Sequence[int]) -> DecimalMark:
        rows = [self.possible_row, *self.learner_rows]
        cells = [
            (row.cells[column], self.table.place(row.number, column)) for row in rows for column in columns
        ]
        mark, problem = find_mark(cells, self.settings)
        if problem is not None:
            self.problems.append(problem)
        return mark

    def _read_item(self, column: int, mark: DecimalMark) -> Item:
        heading = self.table.heading[column]
        match = _ITEM.fullmatch(heading)
        name = match[1] if match is not None else heading
        text = self.possible_row.cells[column]
        possible = parse_number(text, mark)
        if possible is None and text.strip() and self._is_wanted(column):
            message, advice = describe_refused_cell(text, mark)
            message = message.replace("a score", "a number of points possible")
            place = self.table.place(self.possible_row.number, column)
            self.problems.append(Problem(message, place, advice, content=text))
        return Item(name, heading, possible, column + 1)

    def _is_test_student(self, row: CsvRow) -> bool:
        """Tell the student view's row: named so, and, unlike anyone enrolled, without an SIS id."""
        if unwrap_guard(row.cells[0]) != _TEST_STUDENT:
            return False
        return self.sis_column is None or not row.cells[self.sis_column].strip()

    def _read_learner(self, row: CsvRow, key_column: int) -> Learner:
        name = ", ".join(unwrap_guard(row.cells[column]) for column in self.name_columns)
        return Learner(
            unwrap_guard(row.cells[key_column]).strip(), name.strip(", ") or None, None, row.number
        )
