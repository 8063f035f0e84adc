"""A scale should not have more levels than raters can tell apart.

## What it is

This rule points out a rubric with more than seven levels.

## Why it matters

The more levels a scale has, the less often two raters choose the same one (Jonsson and Svingby, The use of
scoring rubrics, Educational Research Review 2, 2007). Most published rubrics have three to five, each with
words that tell it from its neighbours. With ten, the level a learner is given depends more on who looks, and
ten descriptors say little more than "better" and "better still".

If an examination board has set the scale, suppress this and say so.

## A bad example

    levels:
      - {id: one, title: One, points: 1}
      ...
      - {id: ten, title: Ten, points: 10}

## A good example

    levels:
      - {id: beginning,  title: Beginning,  points: 1}
      - {id: developing, title: Developing, points: 2}
      - {id: proficient, title: Proficient, points: 3}
      - {id: exemplary,  title: Exemplary,  points: 4}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule(
    "MC312", "too-many-levels", Severity.INFO, "A scale should have no more levels than can be told apart."
)

_MOST = 7


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when there are more than seven levels."""
    count = len(subject.rubric.levels)
    if count > _MOST:
        message = f"raters will hardly agree on one of {count} levels"
        yield Finding(
            RULE.slug, message, subject.key("levels"), "three to five can be told apart by their words"
        )
