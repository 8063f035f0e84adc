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
from microcred_cli.model.fix import Fix
from microcred_cli.texts.nodes import Mapping, Sequence

RULE = Rule(
    "MC301", "levels-not-ascending", Severity.ERROR, "Each level must be worth more than the one before."
)

# Beyond so many, the order is the least that is wrong.
_MOST = 50


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every level that is not worth more than the one before."""
    fix: Fix | None = None
    for place, (lower, level) in enumerate(pairwise(subject.rubric.levels), start=1):
        if level.points <= lower.points:
            message = (
                f"`{level.id}` is worth {level.points}, "
                f"not more than {lower.points} of `{lower.id}` before it"
            )
            advice = "list the levels from the lowest to the highest, with points that rise"
            span = subject.value("levels", place, "points")
            fix = fix or _sort(subject)
            yield Finding(RULE.slug, message, span, advice, fix)


def _sort(subject: Subject) -> Fix | None:
    """Return the fix that lists the levels by their points; it is not safe, as these may be wrong."""
    # Hardly any file needs it.
    from microcred_cli.texts.yaml_order import reorder_entries  # noqa: PLC0415 - see above

    points = [level.points for level in subject.rubric.levels]
    root = subject.document.root
    entries = root.get("levels") if isinstance(root, Mapping) else None
    if len(set(points)) < len(points) or len(points) > _MOST or not isinstance(entries, Sequence):
        return None
    order = sorted(range(len(points)), key=points.__getitem__)
    edits = reorder_entries(subject.document, entries, order)
    return None if edits is None else Fix("list the levels from the lowest to the highest", edits, safe=False)
