"""A grid that somebody drew, as a rubric: every criterion on its own unless the table groups them."""

from collections.abc import Iterator
from typing import NamedTuple

from microcred_cli.exchange.draft import Draft, Imported, Loss, Tree
from microcred_cli.exchange.drafting import GUESSED_THRESHOLD, NAMELESS_ITEM, make_head, make_part
from microcred_cli.exchange.grids.drawn_layout import Grid
from microcred_cli.exchange.grids.drawn_levels import Levels, arrange_levels
from microcred_cli.exchange.grids.head import find_row
from microcred_cli.exchange.level_headings import list_words, read_points
from microcred_cli.exchange.scales import guess_threshold
from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.html_text import read_line, read_text
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet

SYSTEM = "a spreadsheet grid"
_MOST_CRITERIA = 500
_LONGEST_TITLE = 160
_SHORTEST_TITLE = 3
# Rows below the criteria that add up.
_SUMS = list_words(
    """
    total, totals, total points, total score, score, overall, overall score, final score, grade, final
    grade, sum, comments, comment, feedback, notes, points, points possible, overall comments, name,
    date
    """
)
_UNNAMED = frozenset({"sheet", "sheet1", "tabelle1", "feuil1", "hoja1", "rubric", "planilha1", "foglio1"})


class _Criterion(NamedTuple):
    """A criterion, the group it stands in, and its descriptors by the column of the level."""

    group: str
    title: str
    texts: dict[int, str]
    row: int


def read_grid(sheet: Sheet, grid: Grid) -> Imported:
    """Return the rubric of the grid, with what was guessed and what of the table was left out."""
    place = _locate(sheet, grid, grid.heading)
    levels = arrange_levels(grid.levels, place)
    criteria = list(_list_criteria(grid))
    problems = list(sheet.problems)
    if len(criteria) > _MOST_CRITERIA:
        where = _locate(sheet, grid, criteria[_MOST_CRITERIA].row)
        message = f"there are more than {_MOST_CRITERIA} criteria: this can hardly be a rubric"
        problems.append(Problem(message, where, "leave rows that are no criteria out"))
    if not criteria:
        advice = "a criterion needs a name before the levels, and a text at one of them"
        problems.append(Problem("there is no criterion below this row", place, advice))
    if problems:
        return Imported(SYSTEM, (), tuple(problems))
    tree = make_head(_find_title(sheet, grid), levels.trees, guess_threshold(levels.trees))
    remarks: dict[Route, str] = {("shown_at",): GUESSED_THRESHOLD}
    if levels.remark is not None:
        remarks["levels",] = levels.remark
    tree["subcompetencies"] = _make_parts(criteria, levels)
    for number in range(len(tree["subcompetencies"])):
        remarks["subcompetencies", number, "evidence", 0, "item"] = NAMELESS_ITEM
    losses = (*levels.losses, *_list_losses(sheet, grid))
    return Imported(SYSTEM, (Draft(tree, remarks, losses),), ())


def _locate(sheet: Sheet, grid: Grid, row: int, column: int | None = None) -> Place:
    """Return the place in the file; of a table with its levels down, rows are its columns."""
    number = grid.cells.rows[row].number
    if grid.cells.is_turned:
        return Place(sheet.file, None if column is None else sheet.rows[column].number, number)
    return Place(sheet.file, number, None if column is None else column + 1)


def _list_criteria(grid: Grid) -> Iterator[_Criterion]:
    """Yield the criteria; a row with nothing but a name is the heading of those below it."""
    group, held = "", None
    is_grouped = len(grid.labels) > 1
    for row in range(grid.first, len(grid.cells.rows)):
        names = [read_text(grid.cells.get(row, column)) for column in grid.labels]
        texts = {
            level.column: text
            for level in grid.levels
            if (text := read_text(grid.cells.get(row, level.column)))
        }
        is_points = not any(names) and all(read_points(text) is not None for text in texts.values())
        if is_points or fold_name(names[0]).rstrip(":") in _SUMS:
            continue
        if is_grouped:
            group, name = names[0] or group, names[1] or names[0]
        else:
            name = names[0]
        if not texts and name:
            # Its own heading, unless there are none below it.
            if not is_grouped:
                group = name
            continue
        if texts and not name and held is not None:
            held = held._replace(texts=_join(held.texts, texts))
        elif texts:
            if held is not None:
                yield held
            held = _Criterion(group, name, texts, row)
    if held is not None:
        yield held


def _join(above: dict[int, str], below: dict[int, str]) -> dict[int, str]:
    """Return the descriptors of a criterion that goes on in the next row."""
    columns = dict.fromkeys((*above, *below))
    return {each: "\n".join(text for text in (above.get(each), below.get(each)) if text) for each in columns}


def _make_parts(criteria: list[_Criterion], levels: Levels) -> list[Tree]:
    parts: list[Tree] = []
    taken: set[str] = set()
    gathered: list[tuple[str, list[_Criterion]]] = []
    for number, criterion in enumerate(criteria, start=1):
        title, _ = _divide(criterion.title, number)
        is_same = bool(gathered) and bool(criterion.group) and gathered[-1][1][-1].group == criterion.group
        if is_same:
            gathered[-1][1].append(criterion)
        else:
            gathered.append((read_line(criterion.group) or title, [criterion]))
    for title, members in gathered:
        entries = []
        for number, criterion in enumerate(members, start=1):
            name, more = _divide(criterion.title, number)
            described = {
                level["id"]: criterion.texts[column]
                for level, column in zip(levels.trees, levels.columns, strict=True)
                if column in criterion.texts
            }
            entries.append((more if more and name == title else name, described))
        part = make_part(title, taken, entries, [{"item": title}])
        taken.add(part["id"])
        parts.append(part)
    return parts


def _divide(text: str, number: int) -> tuple[str, str]:
    """Return the title of a criterion, and what its cell says on the lines below it."""
    first, _, rest = text.partition("\n")
    line = " ".join(first.split())
    if len(line) < _SHORTEST_TITLE and rest:
        line, rest = " ".join(text.split()), ""
    return line or f"Criterion {number}", " ".join(rest.split())


def _find_title(sheet: Sheet, grid: Grid) -> str:
    """Return the title above the table, else the name of the sheet or of the file."""
    if not grid.cells.is_turned:
        for row in grid.cells.rows[: grid.heading]:
            filled = [line for cell in row.cells if (line := read_line(cell))]
            known = find_row(filled[0]) if filled else None
            if known is not None and len(filled) > 1:
                if known.route == ("title",):
                    return filled[1]
            elif len(filled) == 1 and len(filled[0]) <= _LONGEST_TITLE:
                return filled[0]
    name = sheet.facts.get("sheet", "")
    if name and fold_name(name).replace(" ", "") not in _UNNAMED:
        return name
    return sheet.file.partition(", sheet ")[0].rpartition(".")[0] or "Rubric"


def _list_losses(sheet: Sheet, grid: Grid) -> Iterator[Loss]:
    """Yield what stands beside the levels, and text above and below that was not taken."""
    used = {*grid.labels, *(level.column for level in grid.levels)}
    for column in range(grid.cells.width):
        if column not in used and any(
            grid.cells.get(row, column).strip() for row in range(grid.heading, len(grid.cells.rows))
        ):
            heading = read_line(grid.cells.get(grid.heading, column))
            named = f"the column “{heading}”" if heading else "a column without a heading"
            message = f"{named}: each sub-competency is decided on its own, by levels alone"
            yield Loss(message, _locate(sheet, grid, grid.heading, column))
