"""The Canvas Learning Mastery Gradebook: a row a learner, two columns for each outcome.

Layout from ``outcome_results_rollups_csv`` of instructure/canvas-lms: name, id, SIS id (not in older files),
then for each outcome ``Group > Outcome result`` and ``Group > Outcome mastery points``. The headings are
translated, the numbers never localised. What stands there was worked out by Canvas, without dates, counts or
the scores behind it, and is in level points.

An item is named by its outcome without the groups before it; a title that itself holds `` > `` has to be
written as the heading stands. In a translated file the words around the name are those that differ between
the two headings of an outcome; a word that both have stays in the name where no group stands before it.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from microcred_cli.gradebooks.cells import CellGrammar, CellReader
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.printed_numbers import find_printed_mark, shorten_numbers
from microcred_cli.gradebooks.wide import (
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_key_column,
    is_wanted,
    read_wide,
)
from microcred_cli.model.gradebook import Gradebook, Item, Learner
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import frame_table
from microcred_cli.texts.numbers import DecimalMark, parse_number
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Canvas Learning Mastery Gradebook"
RESULTS = "ready-made by Canvas: without dates or the scores behind them"
GRAMMAR = CellGrammar()
_LEARNER = ["student name", "student id"]
_RESULT, _MASTERY = " result", " mastery points"
_GROUP = " > "
# With the SIS id and, in older files, without it.
_LEADING = (3, 2)
# Fewer rows than this are alike by chance.
_FEWEST_ROWS = 2
# Comparing takes the square of the length.
_LONGEST = 300


class _Outcome(NamedTuple):
    """A column of results, counted from 0, and the groups and the outcome that it is of."""

    column: int
    path: str


class _Words(NamedTuple):
    """What stands before and after the name in a heading."""

    before: str
    after: str

    def find_name(self, heading: str) -> str:
        """Return what stands between the words, nothing when the heading does not have them."""
        if not heading.startswith(self.before) or not heading.endswith(self.after):
            return ""
        return heading[len(self.before) : len(heading) - len(self.after)]


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a Learning Mastery Gradebook, or None when it is none."""
    if list(_list_english(sheet)):
        return "after “Student name” and “Student ID” there are columns “… result” and “… mastery points”"
    if _list_translated(sheet):
        return "after the learner's id the columns are pairs of a result and the same number in every row"
    return None


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    outcomes = list(_list_english(sheet)) or _list_translated(sheet)
    found, problems = find_key_column(table, [table.heading[1]], settings)
    key_column = 1 if found is None else found
    items = {
        outcome.column: Item(
            outcome.path.rpartition(_GROUP)[2], table.heading[outcome.column], None, outcome.column + 1
        )
        for outcome in outcomes
    }
    wanted = [column for column, item in items.items() if is_wanted(item, settings)]
    table = shorten_numbers(table, wanted)
    mark, undecided = find_printed_mark(table, wanted, settings)
    reader = CellReader(GRAMMAR, mark)
    layout = WideLayout(
        SYSTEM,
        reason,
        key_column,
        [ScoreColumn(column, item, reader) for column, item in items.items()],
        lambda row: _read_learner(row, key_column),
        facts={**describe_reading(table, mark, key_column), "results": RESULTS},
    )
    doubled = check_headings(table, items)
    return read_wide(table, layout, settings, [*table.problems, *problems, *doubled, *undecided])


def _read_learner(row: SheetRow, key_column: int) -> Learner:
    return Learner(row.cells[key_column].strip(), row.cells[0].strip() or None, None, row.number)


def _list_english(sheet: Sheet) -> Iterator[_Outcome]:
    """Yield the columns of results of a file in English; none when it has no mastery points."""
    heading = sheet.rows[0].cells if sheet.rows else []
    if sheet.fold_heading()[: len(_LEARNER)] != _LEARNER:
        return
    if not any(text.endswith(_MASTERY) for text in heading):
        return
    for column, text in enumerate(heading):
        if text.endswith(_RESULT):
            yield _Outcome(column, text.removesuffix(_RESULT).strip())


def _list_translated(sheet: Sheet) -> list[_Outcome]:
    """Return the columns of results of a file in any language, told by its structure alone."""
    if not sheet.rows or "learner" in sheet.fold_heading():
        return []
    heading, *rows = (row.cells for row in sheet.rows)
    width = len(heading)
    whole = [cells for cells in rows if len(cells) == width]
    for leading in _LEADING:
        if whole and width > leading and (width - leading) % 2 == 0:
            return _list_pairs(heading, whole, leading)
    return []


def _list_pairs(heading: Sequence[str], rows: Sequence[list[str]], leading: int) -> list[_Outcome]:
    columns = range(leading, len(heading), 2)
    if not all(cells[1].isdecimal() for cells in rows) or not any(rows[0][column + 1] for column in columns):
        return []
    if not all(_is_pair([(cells[column], cells[column + 1]) for cells in rows]) for column in columns):
        return []
    few = len(rows) < _FEWEST_ROWS
    if few and not any(_GROUP in heading[column] for column in columns):
        return []
    paths = _find_paths([(heading[column], heading[column + 1]) for column in columns])
    if few and not any(_GROUP in path for path in paths):
        return []
    return [_Outcome(column, path.strip()) for column, path in zip(columns, paths, strict=False)]


def _find_paths(headings: Sequence[tuple[str, str]]) -> list[str]:
    """Return what the two headings of each outcome are about; nothing if about different things."""
    # The words are the same around every name, so any two headings tell them.
    compared = next((pair for pair in headings if max(map(len, pair)) <= _LONGEST), None)
    if compared is None:
        return []
    words, mastery_words = _compare_headings(*compared)
    paths = [words.find_name(result) for result, _ in headings]
    if paths != [mastery_words.find_name(mastery) for _, mastery in headings] or "" in paths:
        return []
    # Two headings that share a group only name different outcomes.
    of_outcomes = not any(path.rstrip().endswith(_GROUP.rstrip()) for path in paths)
    has_words = all(_has_letters("".join(each)) for each in (words, mastery_words))
    return paths if of_outcomes and has_words and any(map(_has_letters, paths)) else []


def _is_pair(cells: Sequence[tuple[str, str]]) -> bool:
    """Tell results from the points of mastery beside them: the same number, or nothing, in every row."""
    same = len({mastery for _, mastery in cells}) == 1
    return same and all(not text or _is_number(text) for pair in cells for text in pair)


def _is_number(text: str) -> bool:
    return any(parse_number(text, mark) is not None for mark in DecimalMark)


def _has_letters(text: str) -> bool:
    return any(each.isalpha() for each in text)


def _compare_headings(result: str, mastery: str) -> tuple[_Words, _Words]:
    """Return the words of two headings around the longest part that both hold, cut to whole words."""
    match = SequenceMatcher(None, result, mastery, autojunk=False).find_longest_match()
    start, end = match.a, match.a + match.size
    shift = match.b - match.a
    while start < end and (_is_inside(result, start) or _is_inside(mastery, start + shift)):
        start += 1
    while start < end and (_is_inside(result, end) or _is_inside(mastery, end + shift)):
        end -= 1
    return _Words(result[:start], result[end:]), _Words(mastery[: start + shift], mastery[end + shift :])


def _is_inside(text: str, at: int) -> bool:
    """Return whether the place is inside a word, in scripts that write words apart."""
    return 0 < at < len(text) and _is_cased(text[at - 1]) and _is_cased(text[at])


def _is_cased(character: str) -> bool:
    return character.lower() != character.upper()
