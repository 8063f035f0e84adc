"""What all layouts have in common in which a row is a learner and a column an item."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from microcred_cli.gradebooks.cells import CellReader, describe_refused_cell, strip_percent
from microcred_cli.gradebooks.learners import LearnerList
from microcred_cli.gradebooks.marks import find_mark
from microcred_cli.model.gradebook import KEY_COLUMN, Gradebook, Item, Learner, Score
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable, find_column
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark, parse_number
from microcred_cli.texts.sheet import SheetRow


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """A column, counted from 0, of scores of an item or of one criterion of it, and what reads its cells."""

    column: int
    item: Item
    reader: CellReader
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class RowNotes:
    """What a row says of all its scores: when (``at`` in seconds since 1970), by whom, whether late."""

    at: int | None = None
    date: str | None = None
    rater: str | None = None
    late: bool | None = None


_NO_NOTES = RowNotes()
_POINTS_POSSIBLE = "points possible"
MARK = "decimal mark"
"""The fact that tells how the numbers of an export are written."""
_MARKS = {DecimalMark.POINT: "point", DecimalMark.COMMA: "comma"}


@dataclass(frozen=True, slots=True)
class WideLayout:
    """How the rows of an export are to be read.

    ``key_column`` tells learners apart. ``read_learner`` returns None for a row to leave out, of which there
    are so many ``left_out`` in a word. ``read_notes`` returns what a row says beside its scores, and what is
    wrong with that.
    """

    system: str
    reason: str
    key_column: int
    columns: Sequence[ScoreColumn]
    read_learner: Callable[[SheetRow], Learner | None]
    left_out: str = "row"
    read_notes: Callable[[SheetRow], tuple[RowNotes, Sequence[Problem]]] | None = None
    facts: dict[str, str] = field(default_factory=dict)


def read_wide(
    table: HeadedTable, layout: WideLayout, settings: GradebookSettings, problems: Iterable[Problem] = ()
) -> Gradebook:
    """Return what the table says; ``problems`` are those found before. Items nobody asks for are not read."""
    found = list(problems)
    wanted = [column for column in layout.columns if is_wanted(column.item, settings)]
    learners = LearnerList()
    scores: list[Score] = []
    left_out = 0
    for row in table.rows:
        learner = layout.read_learner(row)
        if learner is None:
            left_out += 1
            continue
        problem = learners.add(learner, table.place(row.number, layout.key_column), once=True)
        if problem is not None:
            found.append(problem)
            continue
        notes = _NO_NOTES
        if layout.read_notes is not None:
            notes, refused = layout.read_notes(row)
            found += (replace(each, learner=learner.key) for each in refused)
        row_scores, refused = _read_row(table, row, wanted, learner.key, notes)
        scores += row_scores
        found += (replace(each, learner=learner.key) for each in refused)
    facts = layout.facts
    if left_out:
        facts = {**facts, "left out": f"{left_out} {layout.left_out}{'s' * (left_out > 1)}"}
    items = tuple(dict.fromkeys(column.item for column in layout.columns))
    return Gradebook(
        table.file, layout.system, layout.reason, learners.list(), items, tuple(scores), tuple(found), facts
    )


def _read_row(
    table: HeadedTable, row: SheetRow, columns: Sequence[ScoreColumn], learner: str, notes: RowNotes
) -> tuple[list[Score], list[Problem]]:
    scores = []
    problems = []
    for each in columns:
        text = row.cells[each.column]
        cell = each.reader.read(text)
        if cell is None:
            message, advice = each.reader.describe_refused(text)
            problems.append(Problem(message, table.place(row.number, each.column), advice, content=text))
            continue
        scores.append(
            Score(
                learner,
                each.item.heading,
                cell.state,
                cell.value,
                cell.label,
                each.item.possible,
                row.number,
                each.column + 1,
                each.criterion,
                notes.at,
                notes.date,
                None,
                notes.rater,
                None,
                notes.late,
            )
        )
    return scores, problems


def is_wanted(item: Item, settings: GradebookSettings) -> bool:
    """Return whether anybody asks for the item, by its heading or by its name."""
    names = {fold_name(item.heading), fold_name(item.name)}
    return settings.only is None or not settings.only.isdisjoint(names)


def find_key_column(
    table: HeadedTable, names: Sequence[str], settings: GradebookSettings
) -> tuple[int | None, list[Problem]]:
    """Return the column that tells learners apart, and a problem where none asked for is there.

    It is the first that the table has of those that the settings name, else of ``names``; None without any.
    """
    asked = settings.learner or names
    for name in asked:
        column = find_column(table, name)
        if column is not None:
            return column, []
    quoted = " or ".join(f"“{name}”" for name in settings.learner or names[:1])
    message = f"there is no column {quoted} to tell learners apart by"
    advice = "name the column that does under gradebook, learner in the project file"
    if settings.learner:
        advice = "add this file's column to the list under gradebook, learner in the project file"
    problem = Problem(message, table.place(table.heading_row), advice)
    columns = [column for name in names if (column := find_column(table, name)) is not None]
    return (columns[0] if columns else None), [problem]


def find_column_mark(
    table: HeadedTable,
    columns: Iterable[int],
    settings: GradebookSettings,
    points: Mapping[int, str] | None = None,
) -> tuple[DecimalMark, list[Problem]]:
    """Return the decimal mark of the cells of these columns, and a problem where it cannot be told.

    ``points`` are the points possible in the headings of some columns, which show the mark too.
    """
    chosen = list(columns)
    shown = points or {}
    cells = [(shown[column], (table.heading_row, column)) for column in chosen if column in shown]
    cells += [
        (strip_percent(row.cells[column]), (row.number, column)) for row in table.rows for column in chosen
    ]
    mark, problem = find_mark(cells, lambda spot: table.place(*spot), settings)
    return mark, [] if problem is None else [problem]


def find_maxima(table: HeadedTable, key_column: int) -> tuple[SheetRow | None, list[Problem]]:
    """Return the row that says how many points are possible, None without one; a problem for each further."""
    rows = [row for row in table.rows if gives_maxima(row, key_column)]
    problems = [
        Problem("a second row of points possible", table.place(row.number), "delete one of the two")
        for row in rows[1:]
    ]
    return (rows[0] if rows else None), problems


def gives_maxima(row: SheetRow, key_column: int) -> bool:
    """Return whether a row is no learner's: it says how many points each item is worth."""
    return fold_name(row.cells[key_column]) == _POINTS_POSSIBLE


def read_possible(text: str, place: Place, mark: DecimalMark) -> tuple[Decimal | None, Problem | None]:
    """Return the points possible that a cell says, None where it is blank; or why it is refused."""
    possible = parse_number(text, mark)
    if possible is not None or not text.strip():
        return possible, None
    message, advice = describe_refused_cell(text, mark)
    message = message.replace("a score", "a number of points possible", 1)
    return None, Problem(message, place, advice, content=text)


def describe_reading(table: HeadedTable, mark: DecimalMark, key_column: int) -> dict[str, str]:
    """Return what a person wants to know of how a table was read."""
    return {
        **table.facts,
        MARK: _MARKS[mark],
        KEY_COLUMN: table.heading[key_column],
    }


def read_mark(gradebook: Gradebook) -> DecimalMark:
    """Return the decimal mark by which an export was read."""
    return next(mark for mark, name in _MARKS.items() if gradebook.facts[MARK] == name)
