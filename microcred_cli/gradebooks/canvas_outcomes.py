"""The Canvas account reports Outcome Results and Student Competency: a row a score of an outcome.

Layout from ``improved_outcome_reports`` of instructure/canvas-lms; both have lower-case headings with spaces.
There is a row for each result, or for each question of a quiz; and once more for each section of the learner.
The numbers are never localised.

What was assessed is an outcome in an assessment, or in one question of a quiz. Two assessments of one outcome
are different evidence: both count, and neither is a re-score of the other, dated or not. So each is an item
of its own. Its name is the outcome's, its heading ``Outcome > Assessment``, for a question ``Outcome > Quiz >
Question``: a rubric may name the outcome while only one assessment has it, and has to say which one from the
second on. (A criterion for each assessment would not do: what names the outcome alone would then find no
score, in silence.) Assessments of one title in different courses are one item, as they are in two gradebooks,
but a learner may have scores of one of them only. Where one course has several of one title, the headings end
in ids.

A blank score is missing. Where points are hidden, the words of the rating are the score.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from microcred_cli.gradebooks.cells import Cell, CellGrammar, CellReader
from microcred_cli.gradebooks.learners import LearnerList
from microcred_cli.gradebooks.printed_numbers import find_printed_mark, shorten_numbers
from microcred_cli.gradebooks.wide import (
    describe_reading,
    find_key_column,
    is_wanted,
    read_possible,
)
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Learner, Score
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.headed_table import HeadedTable, find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Canvas outcome results"
GRAMMAR = CellGrammar()
_REQUIRED = ("student id", "learning outcome name", "outcome score")
# Outcome Results speaks of assessments, Student Competency of assignments.
_TITLES = ("assessment title", "assignment title")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("student name",),
    "outcome": ("learning outcome name",),
    "outcome id": ("learning outcome id",),
    "title": _TITLES,
    "assessment id": ("assessment id", "assignment id"),
    "type": ("assessment type",),
    "question": ("assessment question",),
    "question id": ("assessment question id",),
    "course": ("course id",),
    "date": ("submission date",),
    "attempt": ("attempt",),
    "score": ("outcome score",),
    "possible": ("learning outcome points possible",),
    "mastered": ("learning outcome mastered",),
    "rating": ("learning outcome rating",),
}
_ATTEMPT = re.compile(r"[0-9]{1,6}", re.ASCII)

_Identity = tuple[str, str, str, str]
"""Ids of the outcome, of the assessment with its type, and of the question."""


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is one of the two reports, or None when it is neither."""
    heading = set(sheet.fold_heading())
    if not heading.issuperset(_REQUIRED) or heading.isdisjoint(_TITLES):
        return None
    return "there are the columns “student id”, “learning outcome name” and “outcome score”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the report says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    if not sheet.problems and [len(row.cells) for row in sheet.rows[1:]] == [1]:
        # Canvas says so in a row of one cell.
        problem = Problem(
            "Canvas found no outcomes for this report",
            table.place(sheet.rows[1].number),
            "choose another account or term, and export again",
        )
        return Gradebook(table.file, SYSTEM, reason, problems=(problem,))
    return _Reading(table, settings).read(reason)


class _Reading:
    def __init__(self, table: HeadedTable, settings: GradebookSettings) -> None:
        self.table = table
        self.settings = settings
        self.columns = {
            name: column
            for name, headings in _COLUMNS.items()
            for heading in headings
            if (column := find_column(table, heading)) is not None
        }
        key_column, missing = find_key_column(table, ["student id"], settings)
        self.key_column = key_column or 0
        numbers = [self.columns[name] for name in ("score", "possible") if name in self.columns]
        self.table = shorten_numbers(table, numbers)
        mark, undecided = find_printed_mark(self.table, numbers, settings)
        self.reader = CellReader(GRAMMAR, mark)
        self.problems: list[Problem] = [*table.problems, *missing, *undecided]
        self.learners = LearnerList()
        self.items: dict[str, Item] = {}
        self.scores: list[Score] = []
        self.repeated = 0
        self.lacks_possible = False
        self.seen: dict[tuple[object, ...], Score] = {}
        # The row and identity of the first score of a learner and item.
        self.assessed: dict[tuple[str, str], tuple[int, _Identity]] = {}

    def read(self, reason: str) -> Gradebook:
        headings = self._name_evidence()
        for row in self.table.rows:
            self._read_row(row, headings)
        if self.lacks_possible:
            place = self.table.place(self.table.heading_row)
            advice = "export again, and leave “learning outcome points possible” in"
            self.problems.append(Problem("there is no column of points possible", place, advice))
        facts = describe_reading(self.table, self.reader.mark, self.key_column)
        if self.repeated:
            noun = "rows" if self.repeated > 1 else "row"
            facts["left out"] = f"{self.repeated} repeated {noun} (one for each section of a learner)"
        return Gradebook(
            self.table.file,
            SYSTEM,
            reason,
            self.learners.list(),
            tuple(self.items.values()),
            tuple(self.scores),
            tuple(self.problems),
            facts,
        )

    def _text(self, row: SheetRow, name: str) -> str:
        column = self.columns.get(name)
        return row.cells[column].strip() if column is not None else ""

    def _refuse(self, row: SheetRow, name: str, message: str, advice: str) -> None:
        column = self.columns[name]
        place = self.table.place(row.number, column)
        learner = row.cells[self.key_column].strip() or None
        self.problems.append(Problem(message, place, advice, row.cells[column], learner))

    def _identify(self, row: SheetRow) -> _Identity:
        assessment = self._text(row, "assessment id") or fold_name(self._text(row, "title"))
        outcome = self._text(row, "outcome id") or fold_name(self._text(row, "outcome"))
        question = self._text(row, "question id") or fold_name(self._text(row, "question"))
        return outcome, self._text(row, "type") or "assignment", assessment, question

    def _label(self, row: SheetRow) -> str:
        parts = (self._text(row, name) for name in ("outcome", "title", "question"))
        return " > ".join(part for part in parts if part)

    def _name_evidence(self) -> dict[tuple[str, _Identity], str]:
        """Return the heading of what was assessed, by its folded label and its identity."""
        courses: dict[str, dict[str, set[_Identity]]] = {}
        labels: dict[str, str] = {}
        for row in self.table.rows:
            label = self._label(row)
            folded = fold_name(label)
            labels.setdefault(folded, label)
            in_course = courses.setdefault(folded, {})
            in_course.setdefault(self._text(row, "course"), set()).add(self._identify(row))
        return {
            (folded, identity): _add_ids(labels[folded], identity) if is_shared else labels[folded]
            for folded, in_course in courses.items()
            for is_shared in [any(len(identities) > 1 for identities in in_course.values())]
            for identities in in_course.values()
            for identity in identities
        }

    def _read_row(self, row: SheetRow, headings: Mapping[tuple[str, _Identity], str]) -> None:
        key = row.cells[self.key_column].strip()
        learner = Learner(key, self._text(row, "name") or None, None, row.number)
        place = self.table.place(row.number, self.key_column)
        problem = self.learners.add(learner, place, once=False)
        if problem is not None:
            self.problems.append(problem)
            return
        name = self._text(row, "outcome")
        if not name:
            self._refuse(row, "outcome", "this row has no outcome", "every row needs the outcome's name")
            return
        identity = self._identify(row)
        heading = headings[fold_name(self._label(row)), identity]
        item = self.items.setdefault(heading, Item(name, heading))
        if not is_wanted(item, self.settings):
            return
        score = self._read_score(row, key, item)
        if score is not None:
            self._add_score(row, score, identity)

    def _read_score(self, row: SheetRow, learner: str, item: Item) -> Score | None:
        cell = self._read_cell(row)
        if cell is None:
            return None
        possible = None
        if cell.value is not None:
            possible = self._read_possible(row, item)
            if possible is None:
                return None
        date = self._text(row, "date") or None
        at = parse_date(date) if date is not None else None
        if date is not None and at is None:
            self._refuse(row, "date", "this is not a date", "write it as 2026-03-01 or 2026-03-01T10:30:00Z")
            return None
        attempt = self._text(row, "attempt")
        if attempt and _ATTEMPT.fullmatch(attempt) is None:
            self._refuse(row, "attempt", "this is not a number of an attempt", "write 1, 2, 3 …")
            return None
        column = self.columns["rating" if cell.label is not None else "score"] + 1
        number = int(attempt) if attempt else None
        return Score(
            learner, item.heading, *cell, possible, row.number, column, at=at, date=date, attempt=number
        )

    def _read_cell(self, row: SheetRow) -> Cell | None:
        text = row.cells[self.columns["score"]]
        if not text.strip():
            rating = self._text(row, "rating")
            if rating:
                return Cell(CellState.SCORE, None, rating)
            if self._text(row, "mastered"):
                message = "there is a result, but neither its points nor its rating"
                self._refuse(row, "score", message, "let Canvas show the points, and export again")
                return None
        cell = self.reader.read(text)
        if cell is None:
            self._refuse(row, "score", *self.reader.describe_refused(text))
        return cell

    def _read_possible(self, row: SheetRow, item: Item) -> Decimal | None:
        """Return the points possible; without them a score would count as level points unseen."""
        if "possible" not in self.columns:
            self.lacks_possible = True
            return None
        place = self.table.place(row.number, self.columns["possible"])
        possible, refused = read_possible(self._text(row, "possible"), place, self.reader.mark)
        if refused is not None:
            self.problems.append(replace(refused, learner=row.cells[self.key_column].strip()))
        elif possible is None:
            self._refuse(row, "possible", "there is a score, but no points possible", "fill them in")
        elif item.possible is None:
            self.items[item.heading] = replace(item, possible=possible)
        return possible

    def _add_score(self, row: SheetRow, score: Score, identity: _Identity) -> None:
        """Take a score in, once; another of the same attempt, or of an assessment like it, is refused."""
        known = self.seen.setdefault((score.learner, identity, score.attempt), score)
        if known is not score:
            if known._replace(row=score.row, column=score.column) == score:
                self.repeated += 1
                return
            message = f"row {known.row} gives another score of the same assessment and attempt"
            self._refuse(row, "score", message, "leave out the row that is wrong")
            return
        if score.state is CellState.SCORE:
            first, other = self.assessed.setdefault((score.learner, score.item), (row.number, identity))
            if other != identity:
                message = f"row {first} has a score of the same learner and outcome in another course"
                advice = (
                    "the assessments have one title: report on one term only, or leave one of the two out"
                )
                self._refuse(row, "score", message, advice)
                return
        self.scores.append(score)


def _add_ids(label: str, identity: _Identity) -> str:
    outcome, kind, assessment, question = identity
    ids = f"outcome {outcome}, {kind} {assessment}" + (f", question {question}" if question else "")
    return f"{label} ({ids})"
