"""The generic wide layout: a row a learner, a column an item.

``learner`` and any of ``name,email``; every other column is an item. A row whose learner is
``points possible`` gives the maxima.
"""

from collections.abc import Mapping, Sequence

from microcred_cli.gradebooks.cells import CellReader, describe_refused_cell
from microcred_cli.gradebooks.grid import describe_reading, read_row
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.learners import LearnerList
from microcred_cli.gradebooks.marks import find_mark
from microcred_cli.gradebooks.words import WORDS
from microcred_cli.model.gradebook import Gradebook, Item, Learner, Score
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import CsvRow, CsvTable, find_column
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark, parse_number

SYSTEM = "generic wide table"
_POINTS_POSSIBLE = "points possible"


def recognise(table: CsvTable) -> str | None:
    """Return why the table is of this layout, or None when it is not."""
    if find_column(table, "learner") is None:
        return None
    if find_column(table, "item") is not None and find_column(table, "score") is not None:
        return None
    return "there is a column “learner”, but not both “item” and “score”"


def read(table: CsvTable, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the table says, with a problem for every cell that could not be read."""
    key_column = find_column(table, "learner") or 0
    personal = {name: find_column(table, name) for name in ("name", "email")}
    columns = [
        column
        for column, heading in enumerate(table.heading)
        if heading.strip() and column != key_column and column not in personal.values()
    ]
    problems = check_headings(table, range(len(table.heading)))
    maxima = [row for row in table.rows if fold_name(row.cells[key_column]) == _POINTS_POSSIBLE]
    for row in maxima[1:]:
        place = table.place(row.number)
        problems.append(Problem("a second row of points possible", place, "delete one of the two"))
    used = [
        column
        for column in columns
        if settings.only is None or fold_name(table.heading[column]) in settings.only
    ]
    cells = [(row.cells[column], table.place(row.number, column)) for row in table.rows for column in used]
    mark, undecided = find_mark(cells, settings)
    if undecided is not None:
        problems.append(undecided)
    items, item_problems = _read_items(table, columns, maxima[:1], mark)
    wanted = {column: items[column] for column in used}
    problems += [problem for column, problem in item_problems if column in wanted]
    learners = LearnerList()
    scores: list[Score] = []
    reader = CellReader(WORDS, mark, texts=True, fold=True)
    for row in table.rows:
        if row in maxima:
            continue
        learner = _read_learner(row, key_column, personal)
        problem = learners.add(learner, table.place(row.number, key_column), once=True)
        if problem is not None:
            problems.append(problem)
            continue
        row_scores, row_problems = read_row(table, row, learner.key, wanted, reader)
        scores += row_scores
        problems += row_problems
    return Gradebook(
        table.file,
        SYSTEM,
        reason,
        learners.list(),
        tuple(items.values()),
        tuple(scores),
        tuple(problems),
        describe_reading(table, mark, key_column),
    )


def _read_items(
    table: CsvTable, columns: Sequence[int], maxima: Sequence[CsvRow], mark: DecimalMark
) -> tuple[dict[int, Item], list[tuple[int, Problem]]]:
    """Return the items by column, and the maxima refused, with their columns."""
    items = {}
    problems = []
    for column in columns:
        heading = table.heading[column]
        possible = None
        for row in maxima:
            text = row.cells[column]
            possible = parse_number(text, mark)
            if possible is None and text.strip():
                message, advice = describe_refused_cell(text, mark)
                message = message.replace("a score", "a number of points possible", 1)
                problem = Problem(message, table.place(row.number, column), advice, content=text)
                problems.append((column, problem))
        items[column] = Item(heading.strip(), heading.strip(), possible, column + 1)
    return items, problems


def _read_learner(row: CsvRow, key_column: int, personal: Mapping[str, int | None]) -> Learner:
    name, email = (row.cells[column].strip() if column is not None else "" for column in personal.values())
    return Learner(row.cells[key_column].strip(), name or None, email or None, row.number)
