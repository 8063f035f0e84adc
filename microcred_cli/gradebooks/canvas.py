"""The Canvas gradebook export.

Layout from ``lib/gradebook_exporter.rb`` of instructure/canvas-lms: a heading; a row that says which
assignments are posted by hand, if any; a row ``    Points Possible``; then learners, the test student
last. Columns of the teacher's own come before the assignments, totals after them. Assignments stand as
``Title (id)``, and so may a column of the teacher's or a total of the grading period ``2026``. Cells: blank
(no score: missing and ungraded look alike), ``EX``, ``N/A``, numbers with the decimal mark of the account's
language, letters for assignments graded on a GPA scale.
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
    find_key_column,
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
# The one total not marked as read only, where Canvas takes it back in; its heading is never translated.
_OVERRIDE = re.compile(r"Override (?:Score|Grade) \([0-9]+\)")
_POINTS_POSSIBLE = "points possible"
_META_ROWS = 3
_TEST_STUDENT = "Student, Test"


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a Canvas gradebook export, or None when it is none."""
    if "id" not in sheet.fold_heading():
        return None
    index = _find_possible(sheet)
    if index is None:
        return None
    return f"row {sheet.rows[index].number} starts with “Points Possible”, and there is a column “ID”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    index = _find_possible(sheet) or 1
    # Rows above the points possible are no learners', and Canvas writes some of them longer than the heading.
    above = sheet.rows[1:index]
    table = frame_table(replace(sheet, rows=[sheet.rows[0], *sheet.rows[index:]]))
    if not table.rows or fold_name(table.rows[0].cells[0]) != _POINTS_POSSIBLE:
        # The row is there, and shorter or longer than the heading.
        return Gradebook(table.file, SYSTEM, reason, problems=table.problems)
    return _Reading(table, above, settings).read(reason)


def _find_possible(sheet: Sheet) -> int | None:
    """Return the index of the row of points possible, None where it is not near the top."""
    for index in range(1, min(_META_ROWS + 1, len(sheet.rows))):
        if sheet.fold_heading(index)[0] == _POINTS_POSSIBLE:
            return index
    return None


class _Reading:
    def __init__(self, table: HeadedTable, above: Sequence[SheetRow], settings: GradebookSettings) -> None:
        self.table = table
        self.settings = settings
        self.problems = list(table.problems)
        self.above = above
        self.possible_row, *self.learner_rows = table.rows
        self.sis_column = find_column(table, "SIS User ID")
        divided = [find_column(table, name) for name in ("LastName", "FirstName")]
        self.name_columns = [column for column in divided if column is not None] or [0]
        key_column, missing = find_key_column(table, ["ID"], settings)
        self.key_column = key_column or 0
        self.problems += missing

    def read(self, reason: str) -> Gradebook:
        columns = self._find_items()
        self._check_rows_above()
        if not columns:
            self.problems.append(
                Problem(
                    "no column is an assignment",
                    self.table.place(1),
                    "Canvas writes the heading of an assignment as “Title (id)”",
                )
            )
        self.problems += check_headings(self.table, [*self._find_twins(), *columns])
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

    def _find_items(self) -> list[int]:
        """Return the columns of assignments, which is told by more than the id in their heading."""
        columns = [
            column for column, heading in enumerate(self.table.heading) if self._is_item(column, heading)
        ]
        with_points = (column for column in columns if self.possible_row.cells[column].strip())
        first = next(with_points, len(self.table.heading))
        return [column for column in columns if column >= first or not self._is_custom(column)]

    def _is_item(self, column: int, heading: str) -> bool:
        """Tell assignments by the id in their heading, and totals by words like `(read only)`."""
        if _ITEM.fullmatch(heading) is None:
            return False
        possible = self.possible_row.cells[column].strip()
        return not possible.startswith("(") and (possible != "" or _OVERRIDE.fullmatch(heading) is None)

    def _is_custom(self, column: int) -> bool:
        """Tell a column of the teacher's, of those without points, by cells that no assignment has."""
        if any(column < len(row.cells) and row.cells[column].strip() for row in self.above):
            return False  # it says how the assignment is posted
        readers = [CellReader(GRAMMAR, mark) for mark in DecimalMark]
        texts = {row.cells[column] for row in self.learner_rows}
        return any(all(reader.read(text) is None for reader in readers) for text in texts)

    def _find_twins(self) -> list[int]:
        """Return the columns under the heading of the learner's key; Canvas's own is the first of them."""
        section = find_column(self.table, "Section")
        if section is not None and self.key_column < section:
            return [self.key_column]
        folded = fold_name(self.table.heading[self.key_column])
        return [column for column, each in enumerate(self.table.heading) if fold_name(each) == folded]

    def _check_rows_above(self) -> None:
        """Refuse a learner's row above the points possible: it would be passed over in silence."""
        column = find_column(self.table, "ID") or 0
        for row in self.above:
            if column < len(row.cells) and row.cells[column].strip():
                place = self.table.place(row.number, column)
                advice = "export again, or move the row below the one of “Points Possible”"
                self.problems.append(Problem("a learner stands above the points possible", place, advice))

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
        name = ", ".join(unwrap_guard(row.cells[column]) for column in self.name_columns)
        if self._is_test_student(row, name):
            return None
        key = unwrap_guard(row.cells[self.key_column]).strip()
        return Learner(key, name.strip(", ") or None, None, row.number)

    def _is_test_student(self, row: SheetRow, name: str) -> bool:
        """Tell the student view's row: named so, and, unlike anyone enrolled, without an SIS id."""
        if name != _TEST_STUDENT:
            return False
        return self.sis_column is None or not row.cells[self.sis_column].strip()
