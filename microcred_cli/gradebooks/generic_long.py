"""The generic long layout: a row a score.

``learner,item,score`` and any of ``possible,date,rater,source,criterion,attempt,late,name,email``, in any
order.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from microcred_cli.gradebooks.cells import Cell, CellReader, describe_refused_cell
from microcred_cli.gradebooks.generic import GRAMMAR
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.learners import LearnerList
from microcred_cli.gradebooks.scores import ScoreList
from microcred_cli.gradebooks.wide import describe_reading, find_column_mark, read_possible
from microcred_cli.model.gradebook import Gradebook, Item, Learner, Score
from microcred_cli.model.problem import Problem
from microcred_cli.model.rubric import SOURCES
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.headed_table import HeadedTable, find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet, SheetRow
from microcred_cli.texts.suggest import advise_name

SYSTEM = "generic long table"
REQUIRED = ("learner", "item", "score")
_ATTEMPT_DIGITS = 6
OPTIONAL = ("possible", "date", "rater", "source", "criterion", "attempt", "late", "name", "email")
_LATE = {"": None, "yes": True, "no": False, "true": True, "false": False}


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is of this layout, or None when it is not."""
    if not set(REQUIRED) <= set(sheet.fold_heading()):
        return None
    return "there are the columns “learner”, “item” and “score”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the table says, with a problem for every cell that could not be read."""
    return _Reading(frame_table(sheet), settings).read(reason)


class _Reading:
    def __init__(self, table: HeadedTable, settings: GradebookSettings) -> None:
        self.table = table
        self.settings = settings
        self.columns: Mapping[str, int] = {
            name: column
            for name in (*REQUIRED, *OPTIONAL)
            if (column := find_column(table, name)) is not None
        }
        # The cells that show the decimal mark: scores and points possible.
        numbers = [self.columns[name] for name in ("score", "possible") if name in self.columns]
        mark, undecided = find_column_mark(table, numbers, settings)
        self.reader = CellReader(GRAMMAR, mark)
        self.problems: list[Problem] = [*table.problems, *undecided]
        self.learners = LearnerList()
        self.items: dict[str, Item] = {}
        self.scores = ScoreList("tell the two apart by date, attempt or rater, or delete one")

    def read(self, reason: str) -> Gradebook:
        self._check_columns()
        for row in self.table.rows:
            self._read_row(row)
        self._check_possible()
        return Gradebook(
            self.table.file,
            SYSTEM,
            reason,
            self.learners.list(),
            tuple(self.items.values()),
            self.scores.list(),
            tuple(self.problems),
            describe_reading(self.table, self.reader.mark, self.columns["learner"]),
        )

    def _check_possible(self) -> None:
        """Refuse a blank among points possible: its score would count as level points unseen."""
        given = {score.item for score in self.scores.list() if score.possible is not None}
        blank: dict[str, list[Score]] = {}
        for score in self.scores.list():
            if score.item in given and score.possible is None and score.value is not None:
                blank.setdefault(score.item, []).append(score)
        for same in blank.values():
            # Where several learners have none, it may be the few that have some that are wrong.
            learner = same[0].learner if len({score.learner for score in same}) == 1 else None
            for score in same:
                place = self.table.place(score.row, self.columns["possible"])
                message = "other rows of this item have points possible, this one has none"
                self.problems.append(Problem(message, place, "fill it in", learner=learner))

    def _check_columns(self) -> None:
        self.problems += check_headings(self.table, range(len(self.table.heading)))
        for column, heading in enumerate(self.table.heading):
            name = fold_name(heading)
            if name and name not in REQUIRED and name not in OPTIONAL:
                advice = advise_name(name, (*REQUIRED, *OPTIONAL))
                place = self.table.place(1, column)
                self.problems.append(Problem("this layout has no such column", place, advice))

    def _text(self, row: SheetRow, name: str) -> str:
        column = self.columns.get(name)
        return row.cells[column].strip() if column is not None else ""

    def _refuse(self, row: SheetRow, name: str, message: str, advice: str) -> None:
        place = self.table.place(row.number, self.columns[name])
        content = row.cells[self.columns[name]]
        self.problems.append(Problem(message, place, advice, content, self._text(row, "learner")))

    def _read_row(self, row: SheetRow) -> None:
        learner = Learner(
            self._text(row, "learner"),
            self._text(row, "name") or None,
            self._text(row, "email") or None,
            row.number,
        )
        place = self.table.place(row.number, self.columns["learner"])
        problem = self.learners.add(learner, place, once=False)
        if problem is not None:
            self.problems.append(problem)
            return
        name = self._text(row, "item")
        if not name:
            self._refuse(row, "item", "this row has no item", "every row needs the item's name")
            return
        item = self.items.setdefault(fold_name(name), Item(name, name))
        if self.settings.only is not None and fold_name(name) not in self.settings.only:
            return
        cell = self._read_score(row)
        if cell is not None:
            self._add_score(row, learner.key, item, cell)

    def _read_score(self, row: SheetRow) -> Cell | None:
        text = row.cells[self.columns["score"]]
        cell = self.reader.read(text)
        if cell is None:
            self._refuse(row, "score", *describe_refused_cell(text, self.reader.mark))
        return cell

    def _add_score(self, row: SheetRow, learner: str, item: Item, cell: Cell) -> None:
        date = self._text(row, "date") or None
        at = parse_date(date) if date is not None else None
        if date is not None and at is None:
            self._refuse(row, "date", "this is not a date", "write it as 2026-03-01 or 2026-03-01T10:30:00Z")
            return
        attempt_text = self._text(row, "attempt")
        attempt = int(attempt_text) if attempt_text.isascii() and attempt_text.isdecimal() else None
        if attempt_text and (attempt is None or len(attempt_text) > _ATTEMPT_DIGITS):
            self._refuse(row, "attempt", "this is not a number of an attempt", "write 1, 2, 3 …")
            return
        criterion = self._text(row, "criterion") or None
        rater = self._text(row, "rater") or None
        source = self._text(row, "source").casefold() or None
        if source is not None and source not in SOURCES:
            self._refuse(row, "source", "there is no such source", f"known: {', '.join(SOURCES)}")
            return
        late_text = self._text(row, "late").casefold()
        if late_text not in _LATE:
            self._refuse(row, "late", "this does not say whether the work was late", "write yes or no")
            return
        possible, refused = self._read_possible(row, item)
        if refused:  # without it the score would be one in level points
            return
        identity = (learner, fold_name(item.name), fold_name(criterion or ""), rater, source, at, attempt)
        score = Score(
            learner,
            item.heading,
            cell.state,
            cell.value,
            cell.label,
            possible,
            row.number,
            self.columns["score"] + 1,
            criterion,
            at,
            date,
            attempt,
            rater,
            source,
            _LATE[late_text],
        )
        place = self.table.place(row.number, self.columns["score"])
        problem = self.scores.add(score, identity, place, row.cells[self.columns["score"]])
        if problem is not None:
            self.problems.append(problem)

    def _read_possible(self, row: SheetRow, item: Item) -> tuple[Decimal | None, bool]:
        """Return the points possible of a row, None where it gives none, and whether they were refused."""
        if "possible" not in self.columns:
            return None, False
        place = self.table.place(row.number, self.columns["possible"])
        possible, refused = read_possible(self._text(row, "possible"), place, self.reader.mark)
        if refused is not None:
            self.problems.append(replace(refused, learner=self._text(row, "learner")))
        elif item.possible is None and possible is not None:
            self.items[fold_name(item.name)] = Item(item.name, item.heading, possible)
        return possible, refused is not None
