"""The rubric assessments of one Canvas assignment: a row a learner, columns for each criterion.

Layout from ``app/models/rubric_assessment_export.rb`` of instructure/canvas-lms: ``Student Id``, ``Student
Name``, then for each criterion ``Criterion - Rating``, ``Criterion - Points``, ``Criterion - Comments``. None
of it is translated, and the numbers are never localised. Without ratings the rubric is one of free comments,
without points they are hidden. Learners who were not assessed have blank cells.

The file does not name its assignment, so the items are the criteria, and it does not say how many points are
possible, so points are level points; a row that an instructor adds, with the learner ``points possible``, can
give them. A score has its rating's words beside its points, and alone where points are hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from microcred_cli.gradebooks.cells import Cell, CellGrammar, CellReader
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.printed_numbers import find_printed_mark, shorten_numbers
from microcred_cli.gradebooks.wide import (
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_key_column,
    find_maxima,
    gives_maxima,
    is_wanted,
    read_possible,
    read_wide,
)
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Learner, Score
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Canvas rubric assessments"
GRAMMAR = CellGrammar()
_LEARNER = ["student id", "student name"]
_POINTS, _RATING, _COMMENTS = "points", "rating", "comments"
_KINDS = frozenset({_POINTS, _RATING, _COMMENTS})
_ONLY_POINTS = "points, taken as level points"
_POINTS_AND_RATINGS = "points, taken as level points, or ratings where these show that points are not"


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is an export of rubric assessments, or None when it is none."""
    if sheet.fold_heading()[: len(_LEARNER)] != _LEARNER:
        return None
    rest = sheet.rows[0].cells[len(_LEARNER) :]
    if not rest or any(_divide(heading) is None for heading in rest):
        return None
    return "after “Student Id” and “Student Name” every column is a criterion's rating, points or comments"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    key_column, problems = find_key_column(table, ["Student Id"], settings)
    columns = _list_columns(table, _POINTS) or _list_columns(table, _RATING)
    if not columns:
        advice = "let Canvas show points or ratings, and export again"
        problems.append(
            Problem("no criterion has points or a rating", table.place(table.heading_row), advice)
        )
    items = {column: Item(name, table.heading[column], None, column + 1) for column, name in columns.items()}
    wanted = [column for column in columns if is_wanted(items[column], settings)]
    by_points = not columns.keys().isdisjoint(_list_columns(table, _POINTS))
    numbers = wanted if by_points else []
    table = shorten_numbers(table, numbers)
    mark, undecided = find_printed_mark(table, numbers, settings)
    maxima, seconds = find_maxima(table, key_column or 0)
    problems += seconds
    if maxima is not None:
        for column in numbers:
            place = table.place(maxima.number, column)
            possible, refused = read_possible(maxima.cells[column], place, mark)
            items[column] = replace(items[column], possible=possible)
            problems += [] if refused is None else [refused]
    reader = CellReader(GRAMMAR, mark) if by_points else _RatingReader(GRAMMAR, mark)
    ratings = _pair_ratings(table, wanted) if by_points else {}
    facts = describe_reading(table, mark, key_column or 0)
    facts["scores"] = _POINTS_AND_RATINGS if ratings else _ONLY_POINTS if by_points else "ratings in words"
    layout = WideLayout(
        SYSTEM,
        reason,
        key_column or 0,
        [ScoreColumn(column, items[column], reader) for column in columns],
        lambda row: _read_learner(row, key_column or 0),
        facts=facts,
    )
    doubled = check_headings(table, columns)
    gradebook = read_wide(table, layout, settings, [*table.problems, *problems, *doubled, *undecided])
    return replace(gradebook, scores=_add_ratings(gradebook.scores, table, ratings))


class _RatingReader(CellReader):
    """Reads ratings: whatever an instructor calls them, digits too, they are words."""

    def read(self, text: str) -> Cell | None:
        rating = text.strip()
        return Cell(CellState.SCORE, None, rating) if rating else Cell(CellState.MISSING)


def _divide(heading: str) -> tuple[str, str] | None:
    """Return the criterion and what the column has of it; a criterion may hold the mark between them."""
    criterion, _, kind = heading.rpartition(" - ")
    folded = fold_name(kind)
    return (criterion.strip(), folded) if criterion.strip() and folded in _KINDS else None


def _list_columns(table: HeadedTable, wanted: str) -> dict[int, str]:
    """Return the columns of that kind and their criteria."""
    return {
        column: parts[0]
        for column, heading in enumerate(table.heading)
        if (parts := _divide(heading)) is not None and parts[1] == wanted
    }


def _pair_ratings(table: HeadedTable, columns: Sequence[int]) -> dict[int, int]:
    """Return for columns of points the columns of the ratings of the same criteria."""
    ratings = {fold_name(name): column for column, name in _list_columns(table, _RATING).items()}
    points = _list_columns(table, _POINTS)
    return {
        column: ratings[fold_name(points[column])]
        for column in columns
        if fold_name(points[column]) in ratings
    }


def _add_ratings(
    scores: Sequence[Score], table: HeadedTable, ratings: Mapping[int, int]
) -> tuple[Score, ...]:
    """Return the scores with their ratings as labels; a rating without points is a score in words."""
    rows = {row.number: row.cells for row in table.rows}
    return tuple(_add_rating(score, rows[score.row], ratings) for score in scores)


def _add_rating(score: Score, cells: Sequence[str], ratings: Mapping[int, int]) -> Score:
    column = ratings.get(score.column - 1)
    rating = "" if column is None else cells[column].strip()
    return score._replace(state=CellState.SCORE, label=rating) if rating else score


def _read_learner(row: SheetRow, key_column: int) -> Learner | None:
    if gives_maxima(row, key_column):
        return None
    return Learner(row.cells[key_column].strip(), row.cells[1].strip() or None, None, row.number)
