"""An item's cuts should reach the level that counts as shown.

## What it is

`cuts` says from which share of the points possible each level is reached; a level without a cut cannot be
reached by that item. This rule points out `cuts` in which neither the level of `shown_at` nor any above it
has a cut.

## Why it matters

Full marks in that assignment would still not count as shown, and under a method that averages they would pull
the result down. Mostly a level was added, or renamed, and the cuts were forgotten. If the item is meant to
show that much and no more, suppress the warning and say so.

## A bad example

    shown_at: proficient
    ...
    cuts: {developing: 50%}

## A good example

    cuts: {developing: 50%, proficient: 70%}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule(
    "MC308", "cuts-below-shown", Severity.WARNING, "Cuts should reach the level that counts as shown."
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for all cuts of an item that end below the shown level."""
    rubric = subject.rubric
    order = [level.id for level in rubric.levels]
    if rubric.shown_at not in order:
        return
    enough = frozenset(order[order.index(rubric.shown_at) :])
    for number, subcompetency in enumerate(rubric.subcompetencies):
        for place, item in enumerate(subcompetency.evidence):
            # A level that does not exist is another rule's.
            if item.cuts and enough.isdisjoint(item.cuts) and all(level in order for level in item.cuts):
                message = f"with these cuts, full marks are below `{rubric.shown_at}`"
                span = subject.key("subcompetencies", number, "evidence", place, "cuts")
                yield Finding(RULE.slug, message, span, f"give `{rubric.shown_at}` a cut")
