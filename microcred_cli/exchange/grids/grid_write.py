"""A rubric as a table for people who edit spreadsheets: what it is as a whole, then criteria by levels."""

from collections.abc import Iterator, Sequence
from typing import Any

from microcred_cli.exchange.draft import Exported, Tree
from microcred_cli.exchange.grids.cells import write_flow, write_items, write_text
from microcred_cli.exchange.grids.head import (
    CRITERION,
    CRITERION_ID,
    DECIDE,
    EVIDENCE,
    FORMAT_ROW,
    HEAD,
    LEVEL_IDS,
    PART,
    PART_ID,
    Kind,
)
from microcred_cli.exchange.grids.ods_writer import write_ods
from microcred_cli.exchange.grids.spreadsheet_writer import Look, Row, Table
from microcred_cli.exchange.grids.xlsx_writer import write_xlsx
from microcred_cli.exchange.rubric_tree import lay_out_rubric
from microcred_cli.model.number_words import write_number
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.rubric import FORMAT
from microcred_cli.texts.csv_writer import write_csv

# Excel takes no cell longer than 32,767 characters; one of more lines can hardly be read.
_LONGEST, _MOST_LINES = 32_000, 200
_PART_WIDTH, _CRITERION_WIDTH, _LEVEL_WIDTH, _EVIDENCE_WIDTH, _DECIDE_WIDTH, _ID_WIDTH = (
    24,
    26,
    34,
    34,
    24,
    20,
)
_BEFORE_LEVELS = 2
# A spreadsheet's row has no more than 409 points.
_TALLEST, _HIGHEST = 12, 25
# What a colleague reads first; the rest is folded away.
_IN_SIGHT = ("title", "summary", "shown at", "award")


def write(rubric: Rubric) -> Exported:
    """Return the grid as CSV; nothing of a rubric is lost in it.

    Text that a spreadsheet would run has an apostrophe before it, which importing takes off again.
    """
    grid = _Grid(lay_out_rubric(rubric))
    rows = [*grid.head, grid.heading, *grid.body]
    width = len(grid.heading)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return Exported(write_csv(padded[0], padded[1:]))


def write_as_xlsx(rubric: Rubric) -> Exported:
    """Return the grid as an Excel workbook; nothing of a rubric is lost in it."""
    return Exported(write_xlsx(_Grid(lay_out_rubric(rubric)).arrange()))


def write_as_ods(rubric: Rubric) -> Exported:
    """Return the grid as an OpenDocument spreadsheet; nothing of a rubric is lost in it."""
    return Exported(write_ods(_Grid(lay_out_rubric(rubric)).arrange()))


class _Grid:
    """The cells: key and value in each row of the head, then the heading and the body of the table."""

    def __init__(self, tree: Tree) -> None:
        self._levels: list[Tree] = tree["levels"]
        self.head = sorted(_list_head(tree), key=lambda row: row[0].casefold() in _IN_SIGHT)
        titles = [write_text(f"{each['title']} ({write_number(each['points'])})") for each in self._levels]
        self.heading = [PART, CRITERION, *titles, EVIDENCE, DECIDE, PART_ID, CRITERION_ID]
        self.body = [row for part in tree["subcompetencies"] for row in self._lay_out_part(part)]

    def _lay_out_part(self, part: Tree) -> Iterator[list[str]]:
        criteria: list[Tree] = part["criteria"]
        evidence = list(_join_lines(write_items(part["evidence"])))
        decide = part.get("decide")
        method = "highest" if decide is None else decide["by"] if len(decide) == 1 else write_flow(decide)
        for number in range(max(len(criteria), len(evidence))):
            criterion = criteria[number] if number < len(criteria) else {}
            descriptors: Tree = criterion.get("descriptors", {})
            first = number == 0
            yield [
                write_text(part["title"]) if first else "",
                write_text(criterion.get("title", "")),
                *(write_text(descriptors.get(level["id"], "")) for level in self._levels),
                evidence[number] if number < len(evidence) else "",
                method if first else "",
                part["id"] if first else "",
                criterion.get("id", ""),
            ]

    def arrange(self) -> Table:
        """Return the grid as a sheet that is pleasant to read."""
        levels = len(self._levels)
        width = len(self.heading)
        span = _BEFORE_LEVELS + levels - 1
        across = _CRITERION_WIDTH + levels * _LEVEL_WIDTH
        rows = [_arrange_head(row, span, width, across) for row in self.head]
        widths = [_PART_WIDTH, _CRITERION_WIDTH, *[_LEVEL_WIDTH] * levels, _EVIDENCE_WIDTH, _DECIDE_WIDTH]
        widths += [_ID_WIDTH] * 2
        looks = [Look.HEADING] * width
        rows.append(Row(list(zip(self.heading, looks, strict=True)), _count_lines(self.heading, widths)))
        rows += (_arrange_body(row, widths) for row in self.body)
        return Table("Rubric", widths, rows, heading=len(self.head) + 1, still=_BEFORE_LEVELS, span=span)


def _list_head(tree: Tree) -> Iterator[list[str]]:
    yield [FORMAT_ROW, FORMAT]
    yield [LEVEL_IDS, write_flow([each["id"] for each in tree["levels"]])]
    for row in HEAD:
        value = _find(tree, row.route)
        if value is None and row.route == ("award",):
            value = "all"
        if value is not None:
            yield [row.name, write_text(value) if row.kind is Kind.TEXT else write_flow(value)]


def _find(tree: Tree, route: Sequence[str]) -> Any:
    value: Any = tree
    for key in route:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _join_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines in as few cells as hold them."""
    held: list[str] = []
    length = 0
    for line in lines:
        if held and (length + len(line) > _LONGEST or len(held) >= _MOST_LINES):
            yield "\n".join(held)
            held, length = [], 0
        held.append(line)
        length += len(line) + 1
    yield "\n".join(held)


def _arrange_head(row: Sequence[str], span: int, width: int, across: int) -> Row:
    key, value = row
    # A merged cell does not find its own height.
    lines = min(_count_lines([value], [across]), _TALLEST)
    blank = [("", Look.VALUE)] * (span - 1) + [("", Look.PLAIN)] * (width - span - 1)
    folded = key.casefold() not in _IN_SIGHT
    return Row([(key, Look.KEY), (value, Look.VALUE), *blank], lines, folded, fixed=True)


def _count_lines(cells: Sequence[str], widths: Sequence[int]) -> int:
    """Return how many lines the highest of the cells has, about."""
    return max(
        sum(-(-len(line) // width) or 1 for line in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )


def _arrange_body(row: Sequence[str], widths: Sequence[int]) -> Row:
    first = bool(row[0])
    plain, strong, faint = (
        (Look.FIRST, Look.FIRST_STRONG, Look.FIRST_FAINT) if first else (Look.PLAIN, Look.STRONG, Look.FAINT)
    )
    looks = [strong, strong, *[plain] * (len(row) - 5), faint, faint, faint]
    return Row(list(zip(row, looks, strict=True)), min(_count_lines(row, widths), _HIGHEST))
