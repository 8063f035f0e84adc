"""Where the criteria and the levels of a grid are that somebody drew, if a table is one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.exchange.level_headings import LevelHeading, list_words, read_heading, read_points
from microcred_cli.texts.html_text import read_line
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import parse_number
from microcred_cli.texts.sheet import Sheet, SheetRow

# So far down a heading is looked for, and so many rows tell what a column holds.
_MOST_ABOVE, _MOST_LOOKED_AT = 25, 100
_FEWEST_LEVELS, _MOST_LEVELS = 2, 25
_WIDEST = 100
# Two numbers may head anything.
_FEWEST_NUMBERS = 3
_FEWEST_FOR_LIST, _MOST_WORDS = 3, 3
# A table with its levels down has few rows.
_MOST_TURNED = 30
_SHORTEST_PROSE = 12
_LONGEST_HEADING = 120
# What the columns before the levels are called.
_LABELS = list_words(
    """
    criteria, criterion, dimension, dimensions, category, categories, element, elements, skill, skills,
    trait, traits, outcome, outcomes, indicator, indicators, objective, objectives, standard, standards,
    competency, competencies, competence, competences, domain, domains, area, areas, component,
    components, aspect, aspects, description, learning outcome, learning outcomes, performance area,
    sub-competency, sub-competencies, subcompetency, group, section, topic, task, tasks, item, items,
    kriterium, kriterien, critère, critères, criterio, criterios, performance criteria, performance
    indicator, rubric, strand, goal, goals, what
    """
)
# What stands beside the levels and describes none.
_BESIDE = list_words(
    """
    points, pts, point, score, scores, weight, weights, weighting, weightage, marks, mark, total, grade,
    grades, max, maximum, max points, maximum points, possible, points possible, possible points, points
    earned, your score, comments, comment, feedback, notes, note, remarks, percent, percentage, %, self-
    assessment, evidence, rating, ratings, value, level achieved, earned, total points, out of
    """
)
_NUMBERS = frozenset({"#", "no", "no.", "nr", "nr.", "number", "id", "code", "ref"})
_NO_LEVELS = _BESIDE | _LABELS | _NUMBERS
# Words of headings that only lists of people have.
_PEOPLE = list_words(
    """
    student, students, learner, learners, email, e-mail, username, user, surname, name, names, sis,
    login, sid, firstname, lastname, orgdefinedid, timestamp, participant, submission, submitted,
    grader, section, assignment, assignments, uid, netid
    """
)


class LevelColumn(NamedTuple):
    """A column of descriptors, and what its heading says."""

    column: int
    heading: LevelHeading


class Cells(NamedTuple):
    """The cells of a table by row and column; ``is_turned``: what it has across stands down the file."""

    rows: Sequence[SheetRow]
    width: int
    is_turned: bool = False

    def get(self, row: int, column: int) -> str:
        """Return what a cell says; one that is not there is blank."""
        cells = self.rows[row].cells
        return cells[column] if column < len(cells) else ""

    def turn(self) -> "Cells":
        """Return the table with its columns as rows."""
        turned = [
            SheetRow(column + 1, [self.get(row, column) for row in range(len(self.rows))])
            for column in range(self.width)
        ]
        return Cells(turned, len(self.rows), is_turned=True)


class Grid(NamedTuple):
    """Where things are, as indices: the row of the headings, the columns of the criteria, the levels.

    ``first`` is the first row below the headings and the points.
    """

    cells: Cells
    heading: int
    first: int
    labels: tuple[int, ...]
    levels: tuple[LevelColumn, ...]


def find_grid(sheet: Sheet) -> Grid | None:
    """Return where the grid is, also one with its levels down; None where the table is none."""
    cells = Cells(sheet.rows, max((len(row.cells) for row in sheet.rows), default=0))
    if cells.width > _WIDEST:
        return None
    found = _find_in(cells)
    if found is None and len(cells.rows) <= _MOST_TURNED:
        found = _find_in(cells.turn())
    return found or _find_in(cells, guessing=True)


def _find_in(cells: Cells, *, guessing: bool = False) -> Grid | None:
    """Return the grid whose headings are of levels, or ``guessing`` of what may be some."""
    for row in range(min(len(cells.rows), _MOST_ABOVE)):
        if _names_people(cells.rows[row]):
            return None
        grid = _look_at(cells, row, guessing=guessing)
        if grid is not None:
            return grid
    return None


def _look_at(cells: Cells, row: int, *, guessing: bool) -> Grid | None:
    """Return the grid whose headings stand in that row, if they do."""
    texts = [read_line(cell) if len(cell) < _LONGEST_HEADING * 4 else cell for cell in cells.rows[row].cells]
    if any(len(text) > _LONGEST_HEADING for text in texts):
        return None
    headings = [read_heading(text) for text in texts]
    columns = _find_level_columns(cells, row, headings, guessing=guessing)
    if not _FEWEST_LEVELS <= len(columns) <= _MOST_LEVELS or not _describe(cells, row, columns):
        return None
    labels = _find_labels(cells, row, texts, columns[0])
    if not labels:
        return None
    points = _find_points(cells, row + 1, columns)
    levels = (
        LevelColumn(column, _complete(headings, column, points.get(column, headings[column].points)))
        for column in columns
    )
    return Grid(cells, row, row + 2 if points else row + 1, labels, tuple(levels))


def _complete(headings: Sequence[LevelHeading], column: int, points: Decimal | None) -> LevelHeading:
    """Return the heading with its points; one that was merged with the one to its left has its title."""
    heading = headings[column]
    if not heading.title:
        left = next((headings[each].title for each in range(column - 1, -1, -1) if headings[each].title), "")
        heading = heading._replace(title=left)
    return heading._replace(points=points)


def _names_people(row: SheetRow) -> bool:
    """Return whether a row is the heading of a list of people; `Student:` alone is a line to fill in."""
    names = [fold_name(cell).replace("/", " ").split() for cell in row.cells if cell.strip()]
    if len(names) < _FEWEST_FOR_LIST:
        return False
    return any(len(words) <= _MOST_WORDS and not _PEOPLE.isdisjoint(words) for words in names)


def _find_level_columns(
    cells: Cells, row: int, headings: Sequence[LevelHeading], *, guessing: bool
) -> list[int]:
    """Return the columns of levels: those whose headings say so, with those between and right behind them."""
    known = [
        column
        for column, heading in enumerate(headings)
        if heading.is_level and fold_name(heading.title) not in _BESIDE
    ]
    if len(known) >= _FEWEST_LEVELS and _is_scale([headings[column] for column in known]):
        columns = list(range(known[0], known[-1] + 1))
        rest = range(known[-1] + 1, len(headings))
        first = known[0]
        has_points = any(headings[column].points is not None for column in known)
    elif guessing and headings and fold_name(headings[0].title) in _LABELS | {""}:
        columns, has_points, first = [], False, 1
        rest = range(1, len(headings))
    else:
        return []
    for column in rest:
        if not headings[column].title or not _is_level_like(cells, row, column, headings[column].title):
            break
        columns.append(column)
    before = [] if has_points else _list_before(cells, row, first, headings)
    return before + [each for each in columns if _is_filled(cells, row, each)]


def _is_scale(headings: Sequence[LevelHeading]) -> bool:
    """Return whether headings can be those of levels: their points rise or fall, or names are known."""
    if sum(heading.rank is not None for heading in headings) >= _FEWEST_LEVELS:
        return True
    if len(headings) < _FEWEST_NUMBERS and all(heading.is_number for heading in headings):
        return False
    points = [heading.points for heading in headings if heading.points is not None]
    return points == sorted(set(points)) or points == sorted(set(points), reverse=True)


def _list_before(cells: Cells, row: int, first: int, headings: Sequence[LevelHeading]) -> list[int]:
    """Return the columns before the first known level that must be levels too, of unknown names."""
    found: list[int] = []
    for column in range(first - 1, 0, -1):
        title = headings[column].title
        if not title or not _is_level_like(cells, row, column, title):
            break
        found.insert(0, column)
    return found


def _is_level_like(cells: Cells, row: int, column: int, title: str) -> bool:
    name = fold_name(title)
    return name not in _NO_LEVELS and _describe(cells, row, [column])


def _is_filled(cells: Cells, row: int, column: int) -> bool:
    return any(
        cells.get(each, column).strip() for each in range(row, min(len(cells.rows), row + _MOST_LOOKED_AT))
    )


def _describe(cells: Cells, row: int, columns: Sequence[int]) -> bool:
    """Return whether the cells below describe something, as those of a gradebook do not."""
    below = range(row + 1, min(len(cells.rows), row + 1 + _MOST_LOOKED_AT))
    filled = [text for each in below for column in columns if (text := cells.get(each, column).strip())]
    worded = [text for text in filled if _is_prose(text)]
    numbers = sum(read_points(text) is not None for text in filled)
    # Rows of points are all that may be numbers.
    return (
        bool(worded)
        and numbers <= max(len(columns), len(worded))
        and 2 * len(worded) >= len(filled) - numbers
    )


def _is_prose(text: str) -> bool:
    return (" " in text or len(text) >= _SHORTEST_PROSE) and parse_number(text) is None


def _find_labels(cells: Cells, row: int, texts: Sequence[str], first: int) -> tuple[int, ...]:
    """Return the columns that say what is looked at: the criteria, or groups and criteria."""
    wanted = [
        column
        for column in range(first)
        if fold_name(texts[column]) not in _BESIDE | _NUMBERS and _is_labelled(cells, row, column)
    ]
    return tuple(wanted[:2])


def _is_labelled(cells: Cells, row: int, column: int) -> bool:
    below = range(row + 1, min(len(cells.rows), row + 1 + _MOST_LOOKED_AT))
    return any(any(map(str.isalpha, cells.get(each, column))) for each in below)


def _find_points(cells: Cells, row: int, columns: Sequence[int]) -> dict[int, Decimal]:
    """Return the points in the row below the headings by column; nothing where it is no row of points."""
    if row >= len(cells.rows):
        return {}
    points = {column: read_points(cells.get(row, column)) for column in columns}
    return (
        {column: each for column, each in points.items() if each is not None}
        if all(each is not None for each in points.values())
        else {}
    )
