"""The CSV by which Canvas takes rubrics in and gives them out, one criterion a row.

Layout from ``rubric_import_spec.rb`` of instructure/canvas-lms: ``Rubric Name``, ``Criteria Name``,
``Criteria Description``, ``Criteria Enable Range``, then three columns for each rating, whose headings repeat
or are numbered; rows are as long as they have ratings. So columns are read by their place.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.exchange.canvas.rubric_write import write
from microcred_cli.exchange.criterion_titles import title_criterion
from microcred_cli.exchange.draft import Draft, Imported, Loss, Tree
from microcred_cli.exchange.drafting import GUESSED_THRESHOLD, make_head, make_part
from microcred_cli.exchange.scales import Placed, RatedCriterion, Rating, align_criteria, guess_threshold
from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.html_text import read_line, read_text
from microcred_cli.texts.numbers import parse_number
from microcred_cli.texts.sheet import Sheet, SheetRow

__all__ = ["SYSTEM", "read", "recognise", "write"]

SYSTEM = "Canvas rubrics"
_HEADING = ["rubric name", "criteria name", "criteria description", "criteria enable range"]
_RUBRIC, _CRITERION, _DESCRIPTION, _RANGE = range(len(_HEADING))
_FIRST_RATING = len(_HEADING)
_WIDTH = 3
_HIGHEST_POINTS = 10_000
_TRUE = frozenset({"true", "1", "yes"})


class _Row(NamedTuple):
    """A criterion as its row has it."""

    title: str
    description: str
    is_range: bool
    ratings: tuple[Rating, ...]
    place: Place


def recognise(sheet: Sheet) -> bool:
    """Return whether the table is one of Canvas's rubrics."""
    return sheet.fold_heading()[: len(_HEADING)] == _HEADING


def read(sheet: Sheet) -> Imported:
    """Return the rubrics of the table, with a problem for every rating that has no points."""
    problems = list(sheet.problems)
    rubrics: dict[str, list[_Row]] = {}
    name = ""
    for row in sheet.rows[1:]:
        cells = [*row.cells, *[""] * (_FIRST_RATING - len(row.cells))]
        # Below its first row a rubric's name may be left out.
        name = read_line(cells[_RUBRIC]) or name
        criterion = _read_row(sheet.file, row, cells, problems)
        rubrics.setdefault(name, []).append(criterion)
    drafts = (
        _make_draft(title, rows) for title, rows in rubrics.items() if any(each.ratings for each in rows)
    )
    return Imported(SYSTEM, tuple(drafts), tuple(problems))


def _read_row(file: str, row: SheetRow, cells: Sequence[str], problems: list[Problem]) -> _Row:
    place = Place(file, row.number)
    title = read_line(cells[_CRITERION]) or read_line(cells[_DESCRIPTION])
    ratings = tuple(_read_ratings(place, cells, problems))
    if not ratings:
        problems.append(Problem("the criterion has no rating", place, "give it at least two"))
    is_range = cells[_RANGE].strip().casefold() in _TRUE
    return _Row(
        title or f"Criterion {row.number - 1}", read_text(cells[_DESCRIPTION]), is_range, ratings, place
    )


def _read_ratings(place: Place, cells: Sequence[str], problems: list[Problem]) -> Iterator[Rating]:
    for start in range(_FIRST_RATING, len(cells), _WIDTH):
        title, text, points = [*cells[start : start + _WIDTH], "", ""][:_WIDTH]
        if not (title.strip() or text.strip() or points.strip()):
            continue
        number = parse_number(points.strip())
        if number is None or not 0 <= number <= _HIGHEST_POINTS:
            where = place._replace(column=start + _WIDTH, heading="Rating Points")
            fault = "no number" if number is None else f"not from 0 to {_HIGHEST_POINTS:,}"
            problems.append(Problem(f"the points of this rating are {fault}", where, "give it points"))
            continue
        yield Rating(read_line(title), number, read_text(text))


def _make_draft(title: str, rows: Sequence[_Row]) -> Draft:
    rows = [row for row in rows if row.ratings]
    scale = align_criteria([RatedCriterion(row.title, row.ratings, row.place) for row in rows])
    parts: dict[str, Tree] = {}
    losses = [*scale.losses]
    for row, placed in zip(rows, scale.criteria, strict=True):
        criterion, lost = title_criterion(row.title, row.description, row.place)
        losses += lost
        part = make_part(row.title, parts, [(criterion, placed.descriptors)], [_name_evidence(row, placed)])
        parts[part["id"]] = part
    tree = make_head(title or "Rubric", scale.levels, guess_threshold(scale.levels))
    tree["subcompetencies"] = list(parts.values())
    remarks: dict[Route, str] = {("shown_at",): GUESSED_THRESHOLD}
    return Draft(tree, remarks, (*losses, *_list_losses(rows)))


def _name_evidence(row: _Row, placed: Placed) -> Tree:
    """Return the evidence: the column that the criterion has in Canvas's export of rubric assessments."""
    item: Tree = {"item": row.title}
    if placed.cuts:
        item["cuts"] = placed.cuts
    if placed.grades:
        item["grades"] = placed.grades
    return item


def _list_losses(rows: Sequence[_Row]) -> Iterator[Loss]:
    for row in rows:
        if row.is_range:
            message = (
                f"“{row.title}” is rated by ranges: where an export has points but no ratings, points "
                "between two ratings count for the lower one here, in Canvas for the upper one"
            )
            yield Loss(message, row.place)
    maxima = {max(rating.points for rating in row.ratings) for row in rows}
    if len(maxima) > 1:
        yield Loss("that criteria are worth different points: here each sub-competency is decided on its own")
    elif sum(maxima) == Decimal(0):
        yield Loss("no criterion is worth any points")
