"""Our own grid read back, also after colleagues have edited it: rows moved, texts changed, criteria added."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from microcred_cli.exchange.draft import Draft, Imported, Loss, Tree
from microcred_cli.exchange.drafting import FIRST_VERSION, GUESSED_THRESHOLD, NAMELESS_ITEM
from microcred_cli.exchange.grids.cells import read_flow, read_items, read_text
from microcred_cli.exchange.grids.head import (
    CRITERION,
    CRITERION_ID,
    DECIDE,
    EVIDENCE,
    FORMAT_ROW,
    LEVEL_IDS,
    NAMES,
    PART,
    PART_ID,
    HeadRow,
    Kind,
    find_row,
)
from microcred_cli.exchange.level_headings import read_heading
from microcred_cli.exchange.scales import guess_threshold
from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.schema.rubric import FORMAT
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet, SheetRow
from microcred_cli.texts.slugs import make_slug
from microcred_cli.texts.suggest import advise_name

SYSTEM = "a grid of microcred"
_OWN_HEADING = [fold_name(PART), fold_name(CRITERION)]
_BESIDE = {fold_name(name): name for name in (EVIDENCE, DECIDE, PART_ID, CRITERION_ID)}
_HEADING = re.compile(r"(.+) \(([0-9]{1,20}(?:\.[0-9]{1,20})?)\)", re.DOTALL)
_MOST_HEAD_ROWS = 60
_MOST_LEVELS = 500
_KEYS = (
    "format", "id", "version", "title", "summary", "language", "levels", "shown_at", "precision",
    "subcompetencies", "award", "badge", "compatibility",
)  # fmt: skip


def find_heading(sheet: Sheet) -> int | None:
    """Return which row of the sheet has the columns of our own grid; None: it is another table."""
    rows = range(min(len(sheet.rows), _MOST_HEAD_ROWS))
    return next((row for row in rows if sheet.fold_heading(row)[:2] == _OWN_HEADING), None)


def read_form(sheet: Sheet, heading: int) -> Imported:
    """Return the rubric of the sheet, with a problem for every cell that cannot be understood."""
    return _Form(sheet, heading).read()


class _LevelIds(NamedTuple):
    """The ids of the levels in the order of their columns, and where they stand."""

    ids: list[str]
    place: Place


class _Form:
    def __init__(self, sheet: Sheet, heading: int) -> None:
        self._sheet = sheet
        self._heading = heading
        self.problems = list(sheet.problems)
        self.losses: list[Loss] = []
        self.remarks: dict[Route, str] = {}
        self.parts: list[Tree] = []
        self._part_ids: set[str] = set()
        self._criterion_ids: set[str] = set()
        self._levels: dict[int, Tree] = {}
        self._beside: dict[str, int] = {}

    def read(self) -> Imported:
        tree, ids = self._read_head()
        self._read_columns(self._sheet.rows[self._heading], ids)
        for row in self._sheet.rows[self._heading + 1 :]:
            self._read_row(row)
        self._finish_parts()
        if not self.parts and not self.problems:
            place = Place(self._sheet.file, self._sheet.rows[self._heading].number)
            self.problems.append(Problem("there is no sub-competency below this row", place, "add one"))
        if self.problems:
            return Imported(SYSTEM, (), tuple(self.problems))
        tree["levels"] = list(self._levels.values())
        tree["subcompetencies"] = self.parts
        self._fill_head(tree)
        ordered = {key: tree[key] for key in _KEYS if key in tree}
        return Imported(SYSTEM, (Draft(ordered, self.remarks, tuple(self.losses)),), ())

    def _place(self, row: SheetRow, column: int, heading: str | None = None) -> Place:
        return Place(self._sheet.file, row.number, column + 1, heading)

    def _refuse(self, message: str, place: Place, advice: str | None = None) -> None:
        self.problems.append(Problem(message, place, advice))

    def _read_head(self) -> tuple[Tree, "_LevelIds | None"]:
        """Return what stands above the table, and the ids of the levels, if they are given."""
        tree: Tree = {"format": FORMAT}
        ids: _LevelIds | None = None
        for row in self._sheet.rows[: self._heading]:
            key, value = [*row.cells, "", ""][:2]
            place = self._place(row, 1, key.strip() or None)
            if not value.strip():
                continue
            known = find_row(key)
            if known is not None:
                self._set(tree, known, value, place)
            elif fold_name(key) == fold_name(LEVEL_IDS):
                ids = self._read_level_ids(value, place)
            elif fold_name(key) != fold_name(FORMAT_ROW):
                message = f"the row “{key.strip()}”: {advise_name(key, NAMES)}"
                self.losses.append(Loss(message, self._place(row, 0)))
        return tree, ids

    def _read_level_ids(self, cell: str, place: Place) -> "_LevelIds | None":
        read = self._take_flow(cell, place)
        ids = read if isinstance(read, list) else [read]
        if read is not None and all(isinstance(each, str) for each in ids):
            if len(set(ids)) == len(ids):
                return _LevelIds(ids, place)
            advice = "give each an id of its own, or clear this cell"
            self._refuse("two levels have the same id", place, advice)
        elif read is not None:
            advice = 'write them as [low, high]; what looks like a number in quotes, as ["1", "2"]'
            self._refuse("these are no ids of levels", place, advice)
        return None

    def _set(self, tree: Tree, row: HeadRow, value: str, place: Place) -> None:
        *around, key = row.route
        for step in around:
            tree = tree.setdefault(step, {})
        tree[key] = read_text(value) if row.kind is Kind.TEXT else self._take_flow(value, place)

    def _take_flow(self, cell: str, place: Place) -> Any:
        value = read_flow(cell, place)
        if isinstance(value, Problem):
            self.problems.append(value)
            return None
        return value

    def _read_columns(self, row: SheetRow, ids: "_LevelIds | None") -> None:
        """Find out which columns are levels and which stand beside them."""
        headings: dict[int, str] = {}
        filled = {column for each in self._sheet.rows for column, cell in enumerate(each.cells) if cell != ""}
        for column, cell in list(enumerate(row.cells))[len(_OWN_HEADING) :]:
            name = _BESIDE.get(fold_name(cell))
            if name is not None:
                self._beside.setdefault(name, column)
            elif cell.strip() and not self._beside:
                headings[column] = read_text(cell)
            elif column in filled:
                message = f"the column “{cell.strip()}”, for which a rubric has no place"
                self.losses.append(Loss(message, self._place(row, column)))
        if ids is not None and len(ids.ids) != len(headings):
            message = f"there are {len(headings)} levels and {len(ids.ids)} ids for them"
            advice = "give every level an id here, or clear this cell; its row may be folded away"
            self._refuse(message, ids.place, advice)
            return
        if len(headings) > _MOST_LEVELS:
            where = Place(self._sheet.file, row.number)
            advice = "leave out columns that are none"
            self._refuse(f"there are more than {_MOST_LEVELS} levels", where, advice)
            return
        taken: set[str] = set()
        for number, (column, text) in enumerate(headings.items()):
            title, points = self._read_level(text, self._place(row, column))
            slug = make_slug(title, taken, "level") if ids is None else ids.ids[number]
            taken.add(slug)
            self._levels[column] = {"id": slug, "title": title, "points": points}
        if not headings:
            self._refuse(
                "there is no level", Place(self._sheet.file, row.number), "add columns such as `Good (2)`"
            )

    def _read_level(self, text: str, place: Place) -> tuple[str, Decimal | None]:
        match = _HEADING.fullmatch(text)
        if match is not None:
            return match[1], Decimal(match[2])
        heading = read_heading(text)
        if heading.points is None:
            self._refuse(f"the level “{text}” has no points", place, f"write for example `{text} (3)`")
        return heading.title, heading.points

    def _read_row(self, row: SheetRow) -> None:
        cells = [*row.cells, *[""] * (len(self._sheet.rows[self._heading].cells) - len(row.cells))]
        title, criterion = map(read_text, cells[: len(_OWN_HEADING)])
        if title and not any(cell.strip() for cell in cells[1:]):
            # A sum, a signature, what a colleague thinks of it.
            self.losses.append(
                Loss(f"“{title}”, a row without criterion, levels or evidence", self._place(row, 0))
            )
            return
        slug = self._find_beside(cells, PART_ID)
        is_same = bool(self.parts) and (
            slug == self.parts[-1]["id"] if slug else title in {"", self.parts[-1]["title"]}
        )
        if not is_same:
            self._begin_part(title or criterion or slug, slug)
        part = self.parts[-1]
        descriptors = {
            level["id"]: text for column, level in self._levels.items() if (text := read_text(cells[column]))
        }
        named = self._find_beside(cells, CRITERION_ID)
        if criterion or named or descriptors:
            name = named or make_slug(criterion or part["title"], self._criterion_ids, "criterion")
            self._criterion_ids.add(name)
            entry: Tree = {"id": name, "title": criterion or part["title"]}
            part["criteria"].append({**entry, **({"descriptors": descriptors} if descriptors else {})})
        self._read_beside(part, row, cells)

    def _find_beside(self, cells: Sequence[str], name: str) -> str:
        column = self._beside.get(name)
        return "" if column is None else read_text(cells[column])

    def _begin_part(self, title: str, slug: str) -> None:
        slug = slug or make_slug(title, self._part_ids)
        self._part_ids.add(slug)
        self._criterion_ids = set()
        self.parts.append({"id": slug, "title": title, "criteria": [], "evidence": []})

    def _read_beside(self, part: Tree, row: SheetRow, cells: Sequence[str]) -> None:
        """Read how the sub-competency is decided, and by what evidence."""
        column = self._beside.get(EVIDENCE)
        if column is not None:
            for item in read_items(cells[column], self._place(row, column, EVIDENCE)):
                if isinstance(item, Problem):
                    self.problems.append(item)
                else:
                    part["evidence"].append(item)
        column = self._beside.get(DECIDE)
        if column is not None and cells[column].strip():
            place = self._place(row, column, DECIDE)
            if "decide" in part:
                self._refuse(f"“{part['title']}” is decided in two ways", place, "keep one of the cells")
            written = cells[column].strip()
            part["decide"] = self._take_flow(written, place) if written.startswith("{") else {"by": written}

    def _finish_parts(self) -> None:
        for number, part in enumerate(self.parts):
            if not part["criteria"]:
                part["criteria"].append(
                    {"id": make_slug(part["title"], (), "criterion"), "title": part["title"]}
                )
            if not part["evidence"]:
                part["evidence"].append({"item": part["title"]})
                self.remarks["subcompetencies", number, "evidence", 0, "item"] = NAMELESS_ITEM

    def _fill_head(self, tree: Tree) -> None:
        """Put in what was deleted, or never there."""
        if "title" not in tree:
            tree["title"] = self._sheet.file.partition(", sheet ")[0].rpartition(".")[0] or "Rubric"
        tree.setdefault("id", make_slug(tree["title"], (), "rubric"))
        tree.setdefault("version", FIRST_VERSION)
        if "shown_at" in tree:
            tree["shown_at"] = next(self._find_level(tree["shown_at"]), tree["shown_at"])
        else:
            tree["shown_at"] = guess_threshold(tree["levels"])
            self.remarks["shown_at",] = GUESSED_THRESHOLD

    def _find_level(self, name: str) -> Iterator[str]:
        """Yield the ids of the levels that can be meant: that of the id, then those of the title."""
        levels = self._levels.values()
        yield from (level["id"] for level in levels if level["id"] == name)
        yield from (level["id"] for level in levels if fold_name(level["title"]) == fold_name(name))
