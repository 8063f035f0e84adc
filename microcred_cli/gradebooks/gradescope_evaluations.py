"""The evaluations of a Gradescope assignment (Review Grades, Export Evaluations): an archive.

It has a CSV file a question, ``1_Title.csv``, and in it a row a submission:
``Assignment Submission ID,Question Submission ID,First Name,Last Name,SID,Email,Sections,Score,Submission
Time``, a column of true and false for every item of the question's rubric, whose text is its heading, then
``Adjustment,Comments,Grader,Tags``. Behind a blank row stand the points of the rubric's items. The points
possible are not in it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from microcred_cli.gradebooks.cells import Cell, CellGrammar, CellReader
from microcred_cli.gradebooks.gradescope_submissions import SubmissionColumns, choose_key, find_columns
from microcred_cli.gradebooks.learners import LearnerList
from microcred_cli.gradebooks.marks import find_mark
from microcred_cli.gradebooks.printed_numbers import choose_usual_mark, shorten_numbers
from microcred_cli.gradebooks.scores import ScoreList
from microcred_cli.gradebooks.wide import describe_reading, is_wanted
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Score
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable, find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Gradescope evaluations"
GRAMMAR = CellGrammar()
_ASSIGNMENT, _WHOSE = "Assignment Submission ID", ("SID", "Email")
_BELOW_FOOTER = "this row stands below the footer"
_SUBMISSION, _SCORE, _GRADER = "Question Submission ID", "Score", "Grader"
_NEEDED = frozenset(fold_name(name) for name in (_ASSIGNMENT, _SUBMISSION, _SCORE, _GRADER, "Adjustment"))
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*_(?=.)", re.ASCII)


def recognise(sheets: Sequence[Sheet]) -> str | None:
    """Return why the files of an archive are Gradescope evaluations, or None when none of them is one."""
    if not any(_is_evaluation(sheet) for sheet in sheets):
        return None
    return f"its files have the columns “{_SUBMISSION}”, “{_SCORE}” and “{_GRADER}”"


def read(file: str, sheets: Sequence[Sheet], settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the archive ``file`` says, with a problem for every cell that could not be read.

    The scores of a question are an item; its heading is the name of its file.
    """
    tables = [frame_table(_cut_footer(sheet)) for sheet in sheets if _is_evaluation(sheet)]
    reading = _Reading(tables, settings)
    for sheet in sheets:
        if not _is_evaluation(sheet):
            reading.problems += _refuse_file(file, sheet)
    for table in reading.tables:
        reading.read_question(table)
    return reading.finish(file, reason)


def _is_evaluation(sheet: Sheet) -> bool:
    return set(sheet.fold_heading()) >= _NEEDED


def _refuse_file(file: str, sheet: Sheet) -> list[Problem]:
    """Return what is wrong with a file that is no evaluation; its name may be a learner's, so is content."""
    name = sheet.file.removeprefix(f"{file}/")
    place = Place(file if name != sheet.file else sheet.file)
    advice = "pack the archive again without it"
    no_evaluation = Problem("a file of the archive is no evaluation", place, advice)
    return [replace(each, place=place, content=name) for each in sheet.problems or (no_evaluation,)]


def _cut_footer(sheet: Sheet) -> Sheet:
    """Return the sheet without the rows about the rubric: behind a blank row, and of no submission.

    A row below them that is somebody's is a problem: to leave it out would be to lose a learner.
    """
    heading = sheet.fold_heading()
    submission = heading.index(fold_name(_SUBMISSION))
    for index in range(1, len(sheet.rows)):
        row = sheet.rows[index]
        follows_blank = row.number > sheet.rows[index - 1].number + 1
        if follows_blank and not "".join(row.cells[submission : submission + 1]).strip().isdecimal():
            stray = [
                Problem(_BELOW_FOOTER, Place(sheet.file, each.number), "download the evaluations again")
                for each in sheet.rows[index:]
                if _has_learner(heading, each)
            ]
            return replace(sheet, rows=sheet.rows[:index], problems=(*sheet.problems, *stray))
    return sheet


def _has_learner(heading: list[str], row: SheetRow) -> bool:
    """Return whether the row says whose it is, or of which submission."""
    # Of columns called the same the first is meant: those of the rubric's items come after it.
    said = {name: cell.strip() for name, cell in reversed(list(zip(heading, row.cells, strict=False)))}
    ids = (said.get(fold_name(name), "") for name in (_ASSIGNMENT, _SUBMISSION))
    return any(each.isdecimal() for each in ids) or any(said.get(fold_name(name)) for name in _WHOSE)


class _Reading:
    def __init__(self, tables: Sequence[HeadedTable], settings: GradebookSettings) -> None:
        self.settings = settings
        self.problems: list[Problem] = []
        self.key_names = choose_key(tables)
        self.tables = [shorten_numbers(table, [_find(table, _SCORE)]) for table in tables]
        self.items = {table.file: _name_question(table) for table in tables}
        self.reader = CellReader(GRAMMAR, self._find_mark())
        self.learners = LearnerList()
        self.scores = ScoreList("delete one of the two rows")
        self.facts: dict[str, str] = {}

    def _find_mark(self) -> DecimalMark:
        cells = [
            (row.cells[_find(table, _SCORE)], (table, row.number))
            for table in self.tables
            if is_wanted(self.items[table.file], self.settings)
            for row in table.rows
        ]
        settings = choose_usual_mark(self.tables, self.settings)
        mark, undecided = find_mark(
            cells, lambda spot: spot[0].place(spot[1], _find(spot[0], _SCORE)), settings
        )
        if undecided is not None:
            self.problems.append(undecided)
        return mark

    def read_question(self, table: HeadedTable) -> None:
        """Read the scores of one question."""
        columns, missing = find_columns(table, self.key_names, self.settings)
        item = self.items[table.file]
        self.problems += [*table.problems, *missing, *self._check_name(table, item)]
        if columns is None:
            return
        self.facts = self.facts or describe_reading(table, self.reader.mark, columns.key)
        for row in table.rows:
            learner = columns.read_learner(row)
            problem = self.learners.add(learner, table.place(row.number, columns.key), once=False)
            if problem is not None:
                self.problems.append(problem)
            elif is_wanted(item, self.settings):
                self._read_score(columns, row, item, learner.key)

    def _check_name(self, table: HeadedTable, item: Item) -> list[Problem]:
        """Refuse a second file of one name, from another folder: its scores would be the same item."""
        first = next(file for file, known in self.items.items() if known.heading == item.heading)
        if first == table.file:
            return []
        message = "another folder of the archive has a file of this name"
        return [Problem(message, Place(table.file), "give each assignment's evaluations as one archive")]

    def _read_score(self, columns: SubmissionColumns, row: SheetRow, item: Item, learner: str) -> None:
        column = _find(columns.table, _SCORE)
        place = columns.table.place(row.number, column)
        text = row.cells[column]
        # Only what was handed in stands here, so that a blank is work without a score.
        cell = self.reader.read(text) if text.strip() else Cell(CellState.UNGRADED)
        if cell is None:
            message, advice = self.reader.describe_refused(text)
            self.problems.append(Problem(message, place, advice, text, learner))
            return
        at, date, refused = columns.read_time(row)
        rater = row.cells[_find_last(columns.table, _GRADER)].strip() or None
        self.problems += (replace(each, learner=learner) for each in refused)
        score = Score(
            learner,
            item.heading,
            cell.state,
            cell.value,
            None,
            None,
            row.number,
            column + 1,
            at=at,
            date=date,
            rater=rater,
        )
        problem = self.scores.add(score, (learner, item.heading), place, text)
        if problem is not None:
            self.problems.append(problem)

    def finish(self, file: str, reason: str) -> Gradebook:
        """Return all that was read."""
        return Gradebook(
            file,
            SYSTEM,
            reason,
            self.learners.list(),
            tuple(self.items.values()),
            self.scores.list(),
            tuple(self.problems),
            self.facts,
        )


def _name_question(table: HeadedTable) -> Item:
    """Return the question that a file is of: ``1_Clear_thesis.csv`` is `Clear thesis`."""
    heading = table.file.rpartition("/")[2].removesuffix(".csv")
    column = _find(table, _SCORE) + 1
    return Item(_NUMBER.sub("", heading, count=1).replace("_", " ").strip() or heading, heading, None, column)


def _find(table: HeadedTable, name: str) -> int:
    return find_column(table, name) or 0


def _find_last(table: HeadedTable, name: str) -> int:
    """Return the last column of that heading: an item of a rubric before it may be called the same."""
    folded = fold_name(name)
    return max(column for column, heading in enumerate(table.heading) if fold_name(heading) == folded)
