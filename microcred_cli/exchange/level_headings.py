"""The heading of a level's column as people write it: `Exemplary (4)`, `4 - Exemplary`, `4 pts`, `4`."""

import re
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.texts.names import fold_name

_NUMBER = r"[0-9]{1,5}(?:[.,][0-9]{1,2})?"
_RANGE = rf"(?:(?P<lower>{_NUMBER}) ?(?:[-–—]|to|/) ?)?(?P<upper>{_NUMBER})"
_POINTS = r"(?:points?|pts?\.?|marks?|punkte?|puntos?)"
_DASH = r"[-–—:=|.)]"
_LONGEST = 80
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"(?P<title>.*\S) ?[(\[] ?{_RANGE} ?{_POINTS}? ?[)\]]",
        rf"{_RANGE} ?{_POINTS}(?: ?{_DASH})? (?P<title>[^\d\s].*)",
        rf"[(\[]? ?{_RANGE} ?[)\]]?(?: ?{_DASH} ?| )(?P<title>[^\d\s].*)",
        rf"(?P<title>.*[^\d\s:=|.)–—-]) ?{_DASH} ?{_RANGE} ?{_POINTS}?",
        rf"(?P<title>.*\S) {_RANGE} ?{_POINTS}",
        rf"(?P<title>){_RANGE} ?{_POINTS}?",
    )
)
_NUMBERED = re.compile(rf"(?:level|stage|band|grade|stufe|niveau|nivel) ?({_NUMBER})", re.IGNORECASE)
_POINTS_ALONE = re.compile(rf"{_RANGE} ?{_POINTS}?", re.IGNORECASE)
# From the lowest to the highest, as rubrics of many hands name their levels.
_WORDS = """
absent, missing, no evidence, not evident, not present, not attempted, none, fail, failing, zero,
incomplete, unacceptable, unsatisfactory, not acceptable, no credit, not submitted, not demonstrated

poor, inadequate, insufficient, novice, beginning, beginner, emerging, weak, below, below basic, below
standard, below expectations, does not meet expectations, does not meet, not met, not yet, not yet met,
needs improvement, needs work, minimal, limited, benchmark, attempted, starting, entry, deficient,
rudimentary, introductory, initial, needs attention, not yet competent, little

developing, basic, fair, partial, partially met, partially meets expectations, approaching, marginal,
approaching standard, approaching expectations, progressing, apprentice, elementary, some, average,
almost, in progress, advanced beginner, milestone 1, improving, partially proficient, nearly meets

satisfactory, adequate, acceptable, sufficient, competent, pass, capable, milestone, milestones,
intermediate, functional, credit

proficient, good, meets, met, meets standard, meets expectations, at standard, accomplished, fully met,
practitioner, meets the standard, effective, skilled, milestone 2, solid, strong, secure, complete, met
expectations, fulfils, established

very good, advanced, highly competent, extending, above, above average, above standard, merit,
commendable, sophisticated, highly proficient, very strong, highly effective, above expectations

exemplary, excellent, outstanding, distinguished, distinction, mastery, mastered, expert, superior,
exceeds, exceptional, exceeds standard, exceeds expectations, capstone, high distinction, excelling,
exceeded, extraordinary, transformative, master, excellence, full credit, perfect
"""


def list_words(text: str) -> frozenset[str]:
    """Return the words, or terms of several words, that stand between the commas."""
    return frozenset(" ".join(word.split()) for word in text.split(","))


SATISFACTORY, PROFICIENT = 3, 4
"""The ranks of levels from which on something is mostly taken for shown."""
_RANKS = {word: rank for rank, words in enumerate(_WORDS.split("\n\n")) for word in list_words(words)}
_BRACKETS = re.compile(r" ?[(\[][^()\[\]]*[)\]]$")
_DIVISION = re.compile(r" ?[-–—:/|] ")
_LAST_WORDS = re.compile(
    r"\b(?:work|performance|level|quality|evidence|skills?|achievement|response|practice)\b"
)


class LevelHeading(NamedTuple):
    """A level's title and, where the heading has them, its points; of a range the upper end.

    ``rank``: how high a level of such a name mostly is. ``is_range``: it had two ends. ``is_number``: it was
    nothing but points.
    """

    title: str
    points: Decimal | None = None
    rank: int | None = None
    is_range: bool = False
    is_number: bool = False

    @property
    def is_level(self) -> bool:
        """Whether the heading says by itself that it is one of a level."""
        return self.points is not None or self.rank is not None


def read_heading(text: str) -> LevelHeading:
    """Return what a heading says. Any text is one; of most nothing but the title is known."""
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST:
        return LevelHeading(line)
    numbered = _NUMBERED.fullmatch(line)
    if numbered is not None:
        return LevelHeading(line, _read_number(numbered[1]))
    for pattern in _PATTERNS:
        match = pattern.fullmatch(line)
        if match is not None:
            title, rank = match["title"].strip(), find_rank(match["title"])
            is_range, is_number = match["lower"] is not None, not title
            return LevelHeading(
                title or f"Level {match['upper']}", _find_points(match), rank, is_range, is_number
            )
    return LevelHeading(line, rank=find_rank(line))


def _find_points(match: re.Match[str]) -> Decimal:
    """Return the points, of a range the upper end, whichever stands first."""
    return max(_read_number(each) for each in (match["lower"], match["upper"]) if each is not None)


def _read_number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def read_points(text: str) -> Decimal | None:
    """Return the points that a cell says and nothing else, of a range the upper end."""
    match = _POINTS_ALONE.fullmatch(" ".join(text.split()))
    return None if match is None else _find_points(match)


def find_rank(title: str) -> int | None:
    """Return how high a level of that name mostly is, from 0 up; of `A: excellent (90%)` the name counts."""
    name = fold_name(_BRACKETS.sub("", title))
    for part in (name, *_DIVISION.split(name)):
        words = part.strip(" .:!()")
        rank = _RANKS.get(words, _RANKS.get(" ".join(_LAST_WORDS.sub(" ", words).split())))
        if rank is not None:
            return rank
    return None
