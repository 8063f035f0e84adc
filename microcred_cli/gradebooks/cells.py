"""What a cell of an export says, and what is wrong when it says nothing we know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.model.gradebook import CellState
from microcred_cli.texts.numbers import DecimalMark, parse_number

_LETTER = re.compile(r"[A-F][+-]?", re.ASCII)
# A level's name, a letter, a word such as Pass; what begins with a digit or sign is a misspelt number.
_WORD = re.compile(r"[^\W\d_][^\n\t]{0,99}")
# A text cell that a spreadsheet must not run as a formula: ="=cmd" means =cmd.
_GUARDED = re.compile(r'="(.*)"', re.DOTALL)
_NO_WORD = (
    "this is not a score: this column is one of words",
    "correct the cell, or let the system show points in this column and export again",
)


class Cell(NamedTuple):
    """A state and, for a score, its number or its letter."""

    state: CellState
    value: Decimal | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class CellGrammar:
    """What the cells of a system may say.

    ``words`` are the states in words; with ``fold`` they may be written in any case, and are given in lower
    case. ``ungraded`` is what a score looks like that is not final yet. With ``percent`` scores are shares
    such as ``87.5 %``. With ``letters`` a letter is a score too, with ``texts`` any word; ``labels`` are
    the words that are scores beside those. Without ``numbers`` no number is a score.
    """

    words: Mapping[str, CellState] = field(default_factory=dict)
    fold: bool = False
    ungraded: re.Pattern[str] | None = None
    percent: bool = False
    letters: bool = False
    texts: bool = False
    labels: frozenset[str] = frozenset()
    numbers: bool = True


class CellReader:
    """Reads the cells of one export by its system's grammar and its own decimal mark.

    Remembers what it has read, because an export says the same few things again and again.
    """

    def __init__(self, grammar: CellGrammar, mark: DecimalMark) -> None:
        self.mark = mark
        self._grammar = grammar
        self._scores = _WORD if grammar.texts else _LETTER if grammar.letters else None
        self._known: dict[str, Cell | None] = {}

    def read(self, text: str) -> Cell | None:
        """Return what the cell says, or None when it is to be refused."""
        try:
            return self._known[text]
        except KeyError:
            cell = self._known[text] = self._read(text)
            return cell

    def _read(self, text: str) -> Cell | None:
        if not text.strip():
            return Cell(CellState.MISSING)
        grammar = self._grammar
        state = grammar.words.get(text.strip().casefold() if grammar.fold else text)
        if state is not None:
            return Cell(state)
        if grammar.ungraded is not None and grammar.ungraded.fullmatch(text) is not None:
            return Cell(CellState.UNGRADED)
        value = parse_number(strip_percent(text) if grammar.percent else text, self.mark)
        if value is not None:
            return Cell(CellState.SCORE, value) if grammar.numbers else None
        if text in grammar.labels or (self._scores is not None and self._scores.fullmatch(text) is not None):
            return Cell(CellState.SCORE, None, text)
        return None

    def describe_refused(self, text: str) -> tuple[str, str]:
        """Return what is wrong with a cell that was refused, without quoting it, and what to do."""
        if not self._grammar.numbers:
            return _NO_WORD
        return describe_refused_cell(strip_percent(text) if self._grammar.percent else text, self.mark)


def strip_percent(text: str) -> str:
    """Return the number of a share such as ``87.5 %``, and any other text as it is."""
    return text[:-1].rstrip(" \u00a0\u202f") if text.endswith("%") else text


def unwrap_guard(text: str) -> str:
    """Return the text that a guard against formulas wraps, or the text itself."""
    match = _GUARDED.fullmatch(text)
    return match[1].replace('""', '"') if match is not None else text


def describe_refused_cell(text: str, mark: DecimalMark) -> tuple[str, str]:
    """Return what is wrong with a cell, without quoting it, and what to do."""
    other = DecimalMark.COMMA if mark is DecimalMark.POINT else DecimalMark.POINT
    if text != text.strip():
        return "this is not a score: there are spaces around it", "delete the spaces"
    if parse_number(text, other) is not None:
        name = "point" if mark is DecimalMark.POINT else "comma"
        return (
            f"this is not a score: the decimal mark of this file is the {name}",
            "write all numbers of a file alike, or name the mark with --decimal",
        )
    if any(character.isdigit() and not character.isascii() for character in text):
        return "this is not a score: its digits are not 0 to 9", "write it with the digits 0 to 9"
    if re.fullmatch(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+", text, re.ASCII):
        return "this is not a score: it has an exponent", "write the number out"
    if re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", text, re.ASCII):
        return "this is not a score: it has too many digits", "correct the cell"
    return (
        "this is not a score",
        "a score is a number such as 3 or 2.75; leave the cell blank if there is none",
    )
