"""From cells to points, and from a result to a level."""

import re
from fractions import Fraction

from tests.assessment.plain.records import Evidence, Level, Row, Rubric

STATES = frozenset({"", "missing", "ex", "excused", "n/a", "not assigned", "ungraded"})
"""What a cell says that is no score, in lower case."""
NINE = 9


class RefusedError(Exception):
    """The cell cannot be a score under this rubric."""


def is_score(row: Row) -> bool:
    return row.score.strip().lower() not in STATES


def convert_cell(row: Row, evidence: Evidence, rubric: Rubric) -> Fraction:
    """Return the points that a score becomes, to nine decimals; RefusedError when it is none."""
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", row.score):
        return _convert_word(row.score, evidence, rubric)
    value = Fraction(row.score)
    top = rubric.levels[-1].points
    if row.possible:
        share = value / Fraction(row.possible)
        if evidence.cuts:
            reached = [level for level in rubric.levels if share >= evidence.cuts.get(level.id, share + 1)]
            return (reached[-1] if reached else rubric.levels[0]).points
        return round_half_away(share * top, NINE)
    if evidence.cuts or value > top:
        raise RefusedError
    return value


def _convert_word(word: str, evidence: Evidence, rubric: Rubric) -> Fraction:
    wanted = word.casefold()
    for grade, level_id in evidence.grades.items():
        if grade.casefold() == wanted:
            return rubric.points(level_id)
    for level in rubric.levels:
        if wanted in {level.id.casefold(), level.title.casefold()}:
            return level.points
    raise RefusedError


def round_half_away(value: Fraction, digits: int) -> Fraction:
    """Round as people do: a half goes away from zero."""
    scaled = abs(value) * 10**digits
    whole = (scaled * 2 + 1) // 2
    return Fraction(whole, 10**digits) * (1 if value >= 0 else -1)


def round_result(value: Fraction, precision: int) -> Fraction:
    """Round to the rubric's precision from the value to nine decimals."""
    return round_half_away(round_half_away(value, NINE), precision)


def read_level(value: Fraction, rubric: Rubric) -> Level | None:
    """Return the highest level whose points the rounded value reaches."""
    rounded = round_result(value, rubric.precision)
    reached = [level for level in rubric.levels if level.points <= rounded]
    return reached[-1] if reached else None
