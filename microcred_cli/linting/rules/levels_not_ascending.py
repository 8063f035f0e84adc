"""Levels are listed from the lowest to the highest, and each is worth more than the one before.

## What it is

The `points` of the levels have to rise from one entry of `levels` to the next. This rule finds a level
whose points are equal to, or lower than, those of the level before it.

## Why it matters

The level a learner has reached is read from the score by these points. If they do not rise, a better
score can lead to a lower level, and "from this level up" in `shown_at` has no meaning.

## A bad example

    levels:
      - {id: exemplary,  title: Exemplary,  points: 3}
      - {id: proficient, title: Proficient, points: 2}

## A good example

    levels:
      - {id: proficient, title: Proficient, points: 2}
      - {id: exemplary,  title: Exemplary,  points: 3}
"""

from collections.abc import Iterator
from itertools import pairwise

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule(
    "MC301", "levels-not-ascending", Severity.ERROR, "Each level must be worth more than the one before."
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every level that is not worth more than the one before."""
    for place, (lower, level) in enumerate(pairwise(subject.rubric.levels), start=1):
        if level.points <= lower.points:
            message = (
                f"`{level.id}` is worth {level.points}, "
                f"not more than {lower.points} of `{lower.id}` before it"
            )
            advice = "list the levels from the lowest to the highest, with points that rise"
            yield Finding(RULE.slug, message, subject.value("levels", place, "points"), advice)
