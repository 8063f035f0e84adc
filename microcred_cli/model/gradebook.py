"""A gradebook export, as every command sees it once its file has been read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from microcred_cli.model.problem import Problem


class CellState(StrEnum):
    """What a cell says. Five different things that never turn into one another; zero is a score."""

    SCORE = "score"
    MISSING = "missing"
    EXCUSED = "excused"
    NOT_ASSIGNED = "not assigned"
    UNGRADED = "ungraded"


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner: the key everything is joined by, and, apart from it, name and e-mail."""

    key: str
    name: str | None = None
    email: str | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An evidence item: its name, the heading it stands under, and the points possible.

    ``activity`` is what was graded, where an export may have several columns of one grade. ``names`` are
    what else a rubric may call the item.
    """

    name: str
    heading: str
    possible: Decimal | None = None
    column: int | None = None
    activity: str | None = None
    names: tuple[str, ...] = ()

    @property
    def graded(self) -> str:
        """What was graded, to tell whether two items of a gradebook are one grade."""
        return self.heading if self.activity is None else self.activity


class Score(NamedTuple):
    """One cell (or one row of a long export) of one learner and item.

    ``value`` is None unless the state is a score with a number; a score in words (a letter, a level's name)
    has them as its ``label``. One that is said in both ways has both, until a rubric shows which of them
    counts. ``late`` is None where the export does not say. ``at`` is the date in seconds
    since 1970, ``date`` as it was written, or in ISO where ``parse_date`` does not read what was written.
    A named tuple, because an export has tens of thousands and a dataclass takes four times as long.
    """

    learner: str
    item: str
    state: CellState
    value: Decimal | None
    label: str | None
    possible: Decimal | None
    row: int
    column: int
    criterion: str | None = None
    at: int | None = None
    date: str | None = None
    attempt: int | None = None
    rater: str | None = None
    source: str | None = None
    late: bool | None = None


AGREED = "agreed"
"""The rater (in any case) whose mark is the one that the raters of an attempt agreed on."""


KEY_COLUMN = "learners told apart by"
"""The fact that is the heading of the column with the learners' keys."""


@dataclass(frozen=True, slots=True)
class Gradebook:
    """What was understood of an export, and what was refused.

    ``facts`` are what a person wants to know of how it was read: encoding, delimiter, decimal mark,
    the learner's key, rows left out. ``unread`` are items that are read only if a rubric names them.
    """

    file: str
    system: str
    reason: str
    learners: tuple[Learner, ...] = ()
    items: tuple[Item, ...] = ()
    scores: tuple[Score, ...] = ()
    problems: tuple[Problem, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[Item, ...] = ()
