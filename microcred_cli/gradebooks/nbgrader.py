"""The grades of nbgrader (``nbgrader export``): a row for every learner and assignment.

Layout from ``nbgrader/plugins/export.py`` of jupyter/nbgrader. Where there is no submission the timestamp
is blank and the score 0.0, which is no zero. Times are in UTC.
"""

from dataclasses import replace
from decimal import Decimal

from microcred_cli.gradebooks.cells import CellGrammar, CellReader
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.learners import LearnerList
from microcred_cli.gradebooks.printed_numbers import find_printed_mark, shorten_numbers
from microcred_cli.gradebooks.scores import ScoreList
from microcred_cli.gradebooks.wide import describe_reading, find_key_column, is_wanted, read_possible
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Learner, Score
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.headed_table import HeadedTable, find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "nbgrader grades"
GRAMMAR = CellGrammar()
_NUMBERS = ("raw_score", "late_submission_penalty", "score", "max_score")
_NEEDED = ("assignment", "duedate", "timestamp", "student_id", *_NUMBERS)
_PERSONAL = ("first_name", "last_name", "email")


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is of nbgrader, or None when it is not."""
    if not set(sheet.fold_heading()) >= set(_NEEDED):
        return None
    return "there are the columns “assignment”, “student_id”, “raw_score” and “late_submission_penalty”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the table says, with a problem for every cell that could not be read."""
    return _Reading(frame_table(sheet), settings).read(reason)


class _Reading:
    def __init__(self, table: HeadedTable, settings: GradebookSettings) -> None:
        self.columns = {
            name: column
            for name in (*_NEEDED, *_PERSONAL)
            if (column := find_column(table, name)) is not None
        }
        numbers = [self.columns[name] for name in _NUMBERS]
        self.table = shorten_numbers(table, numbers)
        self.settings = settings
        key, missing = find_key_column(table, ["student_id"], settings)
        self.key = key or 0
        mark, undecided = find_printed_mark(self.table, numbers, settings)
        self.reader = CellReader(GRAMMAR, mark)
        self.problems = [*table.problems, *missing, *undecided]
        self.learners = LearnerList()
        self.items: dict[str, Item] = {}
        self.scores = ScoreList("delete one of the two rows")

    def read(self, reason: str) -> Gradebook:
        self.problems += check_headings(self.table, self.columns.values())
        for row in self.table.rows:
            self._read_row(row)
        return Gradebook(
            self.table.file,
            SYSTEM,
            reason,
            self.learners.list(),
            tuple(self.items.values()),
            self.scores.list(),
            tuple(self.problems),
            describe_reading(self.table, self.reader.mark, self.key),
        )

    def _text(self, row: SheetRow, name: str) -> str:
        column = self.columns.get(name)
        return row.cells[column].strip() if column is not None else ""

    def _refuse(self, row: SheetRow, name: str, message: str, advice: str) -> None:
        column = self.columns[name]
        place = self.table.place(row.number, column)
        learner = row.cells[self.key].strip()
        self.problems.append(Problem(message, place, advice, row.cells[column], learner))

    def _read_row(self, row: SheetRow) -> None:
        name = f"{self._text(row, 'first_name')} {self._text(row, 'last_name')}".strip()
        key = row.cells[self.key].strip()
        learner = Learner(key, name or None, self._text(row, "email") or None, row.number)
        problem = self.learners.add(learner, self.table.place(row.number, self.key), once=False)
        if problem is not None:
            self.problems.append(problem)
            return
        title = self._text(row, "assignment")
        if not title:
            self._refuse(row, "assignment", "this row has no assignment", "every row needs its name")
            return
        item = self.items.setdefault(fold_name(title), Item(title, title))
        if is_wanted(item, self.settings):
            self._read_score(row, key, item)

    def _read_score(self, row: SheetRow, learner: str, item: Item) -> None:
        refused_before = len(self.problems)
        raw, penalty, value = (self._read_number(row, name) for name in _NUMBERS[:-1])
        at, due = (self._read_moment(row, name) for name in ("timestamp", "duedate"))
        possible = self._read_possible(row, item)
        if len(self.problems) > refused_before:
            return
        exists = at is not None or raw != 0 or value != 0
        score = Score(
            learner,
            item.heading,
            CellState.SCORE if exists else CellState.MISSING,
            value if exists else None,
            None,
            possible,
            row.number,
            self.columns["score"] + 1,
            at=at,
            date=self._text(row, "timestamp") or None,
            late=_judge_lateness(at, due, penalty) if exists else None,
        )
        place = self.table.place(row.number, self.columns["score"])
        identity = (learner, fold_name(item.name))
        problem = self.scores.add(score, identity, place, row.cells[self.columns["score"]])
        if problem is not None:
            self.problems.append(problem)

    def _read_number(self, row: SheetRow, name: str) -> Decimal | None:
        """Return the number of a cell; None, and a problem, when it is none or blank."""
        text = row.cells[self.columns[name]]
        cell = self.reader.read(text)
        if cell is None or cell.value is None:
            self._refuse(row, name, *self.reader.describe_refused(text))
            return None
        return cell.value

    def _read_moment(self, row: SheetRow, name: str) -> int | None:
        """Return seconds since 1970, None where the cell is blank; None and a problem when it is no date."""
        text = self._text(row, name)
        at = parse_date(text) if text else None
        if text and at is None:
            self._refuse(row, name, "this is not a date", "nbgrader writes it as 2026-03-01 10:30:00")
        return at

    def _read_possible(self, row: SheetRow, item: Item) -> Decimal | None:
        place = self.table.place(row.number, self.columns["max_score"])
        possible, refused = read_possible(row.cells[self.columns["max_score"]], place, self.reader.mark)
        if refused is not None:
            self.problems.append(replace(refused, learner=row.cells[self.key].strip()))
        elif possible is None:
            self._refuse(row, "max_score", "this row has no points possible", "fill them in")
        elif item.possible is None:
            self.items[fold_name(item.name)] = Item(item.name, item.heading, possible)
        return possible


def _judge_lateness(at: int | None, due: int | None, penalty: Decimal | None) -> bool | None:
    """Return whether a submission is late; None where it or its assignment has no date."""
    if penalty:
        return True
    return at > due if at is not None and due is not None else None
