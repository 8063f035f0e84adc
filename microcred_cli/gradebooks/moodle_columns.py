"""The columns of grades in a Moodle export, told by how their headings are built and by their cells.

A heading is ``<Module>: <name> (<display type>)``, all three in the language of whoever exported. The
display types of an item stand side by side, always in the order real, percentage, letter, then feedback.
Older versions write ``<Module>: <name>`` alone, and its feedback as ``Feedback: <name>`` or
``<Module>: <name> (Feedback)``. Totals and items that a teacher added by hand have no module.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from microcred_cli.gradebooks.cells import strip_percent
from microcred_cli.texts.headed_table import HeadedTable
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark, parse_number

# Chinese and Japanese write wide colons and brackets.
_MODULE = re.compile(r"([^:\uff1a]*[^:\uff1a\s])\s*(?::\s+|\uff1a\s*)(\S.*)", re.DOTALL)
_SUFFIX = re.compile(r"(.*\S)\s*[(\uff08]([^()\uff08\uff09]+)[)\uff09]", re.DOTALL)
NO_GRADE = "-"


class Display(Enum):
    """What the cells of a column are."""

    POINTS = auto()
    SHARE = auto()
    WORDS = auto()
    FEEDBACK = auto()


# What cells cannot say: letters may be numbers, and a column may have no cells yet.
_KNOWN = {"percentage": Display.SHARE, "letter": Display.WORDS, "feedback": Display.FEEDBACK}


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """A column: its heading, the item's name in Moodle and with the module, and its display type."""

    column: int
    heading: str
    name: str
    full_name: str
    module: str | None
    suffix: str | None
    display: Display


def is_item_heading(heading: str) -> bool:
    """Return whether the heading names a module and something in it."""
    return _MODULE.fullmatch(_clean(heading)) is not None


def group_columns(table: HeadedTable) -> list[list[GradeColumn]]:
    """Return the columns of grades and totals, those of one item together."""
    last = len(table.heading) - 1
    first = next((at for at in range(last) if is_item_heading(table.heading[at])), last)
    typed = _has_display_types([_clean(heading) for heading in table.heading[first:last]])
    groups: list[list[GradeColumn]] = []
    for at in range(first, last):
        before = groups[-1] if groups else []
        column = _read_column(table, at, before, typed=typed)
        if _belongs(column, before, typed=typed):
            before.append(column)
        else:
            groups.append([column])
    return groups


def choose_column(group: list[GradeColumn]) -> GradeColumn | None:
    """Return the column to read of an item, None when it has only feedback: see the reader for why."""
    grades = [column for column in group if column.display is not Display.FEEDBACK]
    shares = [column for column in grades if column.display is Display.SHARE]
    # The first is real grades if there are any; in words they are those of a scale.
    if grades and grades[0].display is Display.WORDS and fold_name(grades[0].suffix or "") != "letter":
        return grades[0]
    return next(iter([*shares, *grades]), None)


def _clean(heading: str) -> str:
    """Return the heading without the quotes that a space before the first of them leaves in it."""
    text = heading.strip()
    return text[1:-1] if text.startswith('"') and text.endswith('"') else text


def _has_display_types(headings: list[str]) -> bool:
    """Return whether all that follows the first item with a display type has one: names may end alike."""
    begun = False
    for heading in headings:
        suffixed = _SUFFIX.fullmatch(heading) is not None
        if begun and not suffixed:
            return False
        begun = begun or (suffixed and _MODULE.fullmatch(heading) is not None)
    return begun


def _read_column(table: HeadedTable, at: int, before: list[GradeColumn], *, typed: bool) -> GradeColumn:
    heading = _clean(table.heading[at])
    match = _SUFFIX.fullmatch(heading)
    full_name, suffix = (match[1], match[2]) if match is not None else (heading, None)
    if not typed and not (before and fold_name(full_name) == fold_name(before[0].full_name)):
        full_name, suffix = heading, None
    parts = _MODULE.fullmatch(full_name)
    module, name = (None, full_name) if parts is None else (parts[1], parts[2])
    display = _tell_display(table, at, suffix)
    if not typed and before and name == before[0].name and _holds_feedback(table, at, module):
        display = Display.FEEDBACK
    return GradeColumn(at, table.heading[at], name, full_name, module, suffix, display)


def _belongs(column: GradeColumn, before: list[GradeColumn], *, typed: bool) -> bool:
    """Return whether a column is of the same item as those before it."""
    if not before:
        return False
    if fold_name(column.full_name) == fold_name(before[0].full_name):
        return column.suffix not in {each.suffix for each in before}
    return not typed and column.display is Display.FEEDBACK


def _holds_feedback(table: HeadedTable, at: int, module: str | None) -> bool:
    """Return whether a column beside a grade of the same name is its feedback, which has no `-`."""
    if module is not None and fold_name(module) == "feedback":
        return True
    texts = {text for row in table.rows if (text := row.cells[at].strip())}
    return NO_GRADE not in texts and not any(_is_number(strip_percent(text)) for text in texts)


def _tell_display(table: HeadedTable, at: int, suffix: str | None) -> Display:
    known = _KNOWN.get(fold_name(suffix or ""))
    if known is not None:
        return known
    texts = [text for row in table.rows if (text := row.cells[at].strip()) not in {"", NO_GRADE}]
    shares = sum(text.endswith("%") and _is_number(strip_percent(text)) for text in texts)
    if 2 * shares > len(texts):
        return Display.SHARE
    return Display.POINTS if 2 * sum(map(_is_number, texts)) >= len(texts) else Display.WORDS


def _is_number(text: str) -> bool:
    return any(parse_number(text, mark) is not None for mark in DecimalMark)
