"""A cut of the lowest level changes nothing.

## What it is

Whoever is below the first cut is at the lowest level. So a cut of the lowest level itself has no effect, and
this rule points it out.

## Why it matters

`beginning: 40%` reads as if work below 40% reached no level at all. It is at `beginning` all the same, and
counts so. Where the lowest level is already the one that counts as shown, every score would show it.

## A bad example

    levels:
      - {id: beginning,  title: Beginning,  points: 1}
      - {id: proficient, title: Proficient, points: 2}
    ...
    cuts: {beginning: 40%, proficient: 70%}

## A good example

    cuts: {proficient: 70%}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC309", "cut-without-effect", Severity.WARNING, "The lowest level needs no cut.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every cut of the lowest level but 0%, which says what is."""
    lowest = subject.rubric.levels[0].id
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        for place, item in enumerate(subcompetency.evidence):
            if item.cuts and item.cuts.get(lowest, 0) > 0:
                message = f"whoever is below this cut is at `{lowest}` all the same"
                advice = "delete it; if less is to be no level, give `levels` a lower one"
                span = subject.key("subcompetencies", number, "evidence", place, "cuts", lowest)
                yield Finding(RULE.slug, message, span, advice)
