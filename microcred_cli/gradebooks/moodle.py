"""The Moodle grade export, as text with any of its delimiters or as a spreadsheet.

Layout from ``grade/export/txt``, ``grade/lib.php`` and ``lib/gradelib.php`` of moodle/moodle: columns of the
profile, as the administrator chose them; columns of grades (see ``moodle_columns``); and when the file was
made, in seconds since 1970. Headings are translated, so the layout is told by how it is built.

Cells: ``-`` is no grade yet, nothing at all an item of text or without grades, and neither is a score;
grades as points (real), as shares (``87.50 %``), as letters or, on a scale, in words.

Of the display types that stand side by side for one item, one is read:

* the words of a scale, because Moodle counts the percentages of a scale from its lowest word, which gets 0 %;
* else the percentage, as so many of 100. It is the share of the points possible that a rubric's levels are
  measured by, and needs no maximum. The export does not give the points possible, and they cannot be proved
  by dividing points by percentage: both are rounded, Moodle counts percentages from the lowest grade of the
  item up, which need not be 0, and in older courses the maximum can differ from learner to learner;
* else the points, as they are: without points possible they are in level points;
* else the letters, as words.

A rubric that names the whole heading of a column gets that column. A heading without a module is a total or
an item that was added by hand, and no language tells which: it is read if a rubric names it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from microcred_cli.gradebooks.cells import Cell, CellGrammar, CellReader, strip_percent
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.moodle_columns import (
    NO_GRADE,
    Display,
    GradeColumn,
    choose_column,
    group_columns,
    is_item_heading,
)
from microcred_cli.gradebooks.moodle_profile import find_profile
from microcred_cli.gradebooks.wide import (
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_column_mark,
    is_wanted,
    read_wide,
)
from microcred_cli.model.gradebook import CellState, Gradebook, Item
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import Sheet

SYSTEM = "Moodle grade export"
_MADE = "last downloaded from this course"
_MOMENT = re.compile(r"[12][0-9]{9}", re.ASCII)
# Every row is stamped as it is written.
_LONGEST_WRITING = 86_400
_WORDS = {NO_GRADE: CellState.MISSING}
_WORD = re.compile(r"\S(?:[^\n\t]{0,98}\S)?")
_POINTS = CellGrammar(_WORDS)
_SHARES = CellGrammar(_WORDS, percent=True)
_TEXTS = CellGrammar(_WORDS, texts=True)
_WHOLE = Decimal(100)


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a Moodle grade export, or None when it is none."""
    heading = sheet.rows[0].cells if sheet.rows else []
    if not any(is_item_heading(each) for each in heading[:-1]):
        return None
    begin = "there are headings such as “Assignment: Essay”, and the last column "
    if fold_name(heading[-1]) == _MADE:
        return f"{begin}is “Last downloaded from this course”"
    if _is_made_at(row.cells[len(heading) - 1 : len(heading)] for row in sheet.rows[1:]):
        return f"{begin}says when the file was made, in seconds since 1970"
    return None


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    return _Reading(frame_table(sheet), settings).read(reason)


def _is_made_at(columns: Iterable[list[str]]) -> bool:
    """Return whether the last cells of nearly all rows are moments close together."""
    cells = [column[0].strip() for column in columns if column]
    moments = [int(cell) for cell in cells if _MOMENT.fullmatch(cell) is not None]
    return 2 * len(moments) > len(cells) and max(moments) - min(moments) <= _LONGEST_WRITING


class _ShareReader(CellReader):
    """Refuses a number without a percent sign: nothing says of how many points it is."""

    def read(self, text: str) -> Cell | None:
        cell = super().read(text)
        return None if cell is not None and cell.value is not None and not text.endswith("%") else cell

    def describe_refused(self, text: str) -> tuple[str, str]:
        if super().read(text) is not None:
            return "this is not a score: it has no percent sign", "write it as the others, such as 87.50 %"
        return super().describe_refused(strip_percent(text))


class _WordReader(CellReader):
    """Takes what stands on a scale as a word, whatever it begins with: `3 - good`, or `3`."""

    def read(self, text: str) -> Cell | None:
        cell = super().read(text)
        if (cell is None or cell.value is not None) and _WORD.fullmatch(text) is not None:
            return Cell(CellState.SCORE, None, text)
        return cell


class _Reading:
    def __init__(self, table: HeadedTable, settings: GradebookSettings) -> None:
        self.table = table
        self.settings = settings
        self.only = settings.only if settings.only is not None else frozenset()
        groups = group_columns(table)
        graded = {column.column for group in groups for column in group}
        others = [column for column in range(len(table.heading) - 1) if column not in graded]
        self.profile, unkeyed = find_profile(table, others, settings)
        self.problems = [*table.problems, *unkeyed]
        self.unread: list[Item] = []
        self.columns = [each for group in groups for each in self._choose(group)]

    def read(self, reason: str) -> Gradebook:
        wanted = [(column, item) for column, item in self.columns if is_wanted(item, self.settings)]
        self.problems += check_headings(self.table, [column.column for column, _ in wanted])
        numbers = [column.column for column, _ in wanted if column.display is not Display.WORDS]
        mark, undecided = find_column_mark(self.table, numbers, self._settle_mark(numbers))
        self.problems += undecided
        items = tuple(item for _, item in self.columns)
        if self.profile.key is None:
            return Gradebook(
                self.table.file,
                SYSTEM,
                reason,
                items=items,
                problems=tuple(self.problems),
                facts=self.table.facts,
                unread=tuple(self.unread),
            )
        readers = {
            Display.POINTS: CellReader(_POINTS, mark),
            Display.SHARE: _ShareReader(_SHARES, mark),
            Display.WORDS: _WordReader(_TEXTS, mark),
        }
        layout = WideLayout(
            SYSTEM,
            reason,
            self.profile.key,
            [ScoreColumn(column.column, item, readers[column.display]) for column, item in self.columns],
            self.profile.read_learner,
            facts=self._describe(mark, self.profile.key, [column for column, _ in wanted]),
        )
        gradebook = read_wide(self.table, layout, self.settings, self.problems)
        return replace(gradebook, unread=tuple(self.unread))

    def _choose(self, group: list[GradeColumn]) -> Iterator[tuple[GradeColumn, Item]]:
        """Yield what is to be read of an item: one column, and those a rubric names by their heading."""
        chosen = choose_column(group)
        for column in group:
            asked = fold_name(column.heading) in self.only
            if column is not chosen and asked and column.display is not Display.FEEDBACK:
                yield column, self._name_item(column, column.heading)
        if chosen is None:
            return
        name = chosen.name
        if fold_name(name) not in self.only and fold_name(chosen.full_name) in self.only:
            name = chosen.full_name
        headings = [each.heading for each in group if each.display is not Display.FEEDBACK]
        item = self._name_item(chosen, name, (chosen.name, chosen.full_name, *headings))
        if chosen.module is None and (self.settings.only is None or not is_wanted(item, self.settings)):
            self.unread.append(item)
            return
        yield chosen, item

    def _name_item(self, column: GradeColumn, name: str, names: Iterable[str] = ()) -> Item:
        possible = _WHOLE if column.display is Display.SHARE else None
        others = tuple(each for each in dict.fromkeys(names) if each not in {name, column.heading})
        return Item(name, column.heading, possible, column.column + 1, column.full_name, others)

    def _settle_mark(self, columns: list[int]) -> GradebookSettings:
        """Moodle writes the point in every language; only a comma shows that another program wrote."""
        commas = any("," in row.cells[column] for row in self.table.rows for column in columns)
        settings = self.settings
        if settings.decimal is not None or commas:
            return settings
        return GradebookSettings(settings.learner, DecimalMark.POINT.value, None, settings.only)

    def _describe(self, mark: DecimalMark, key: int, wanted: list[GradeColumn]) -> dict[str, str]:
        facts = describe_reading(self.table, mark, key)
        if any(column.display is Display.POINTS for column in wanted):
            facts["points possible"] = (
                "not in this export; tick Percentage too, and scores are shares of them"
            )
        if self.unread:
            noun = "column" if len(self.unread) == 1 else "columns"
            facts["without a module"] = (
                f"{len(self.unread)} {noun}: totals, or items added by hand; one is read if a rubric names it"
            )
        return facts
