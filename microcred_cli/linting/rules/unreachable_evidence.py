"""A decision must not need evidence that there cannot be.

## What it is

`at_least: {items: 3}` needs scores of three different items, and `at_least: {employer: 1}` one score whose
source is an employer. This rule finds a number of items that is greater than the number of different items
under `evidence`, and a source that none of them may have. An item that names no source may have scores of
any.

## Why it matters

The decision would be "insufficient evidence" for every learner, however much they hand in. Often an item
was taken out and the number was forgotten.

## A bad example

    evidence:
      - item: Final report
        source: instructor
    decide: {by: highest, at_least: {items: 2, employer: 1}}

## A good example

    evidence:
      - item: Final report
        source: instructor
      - item: Placement report
        source: employer
    decide: {by: highest, at_least: {items: 2, employer: 1}}
"""

from collections.abc import Iterator

from microcred_cli.linting.evidence_items import count_items
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule(
    "MC210",
    "unreachable-evidence",
    Severity.ERROR,
    "A decision must not need evidence that there cannot be.",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every number of items, and every source, that the evidence cannot give."""
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        needs = subcompetency.decide.at_least
        route = ("subcompetencies", number, "decide", "at_least")
        items = count_items(subcompetency)
        if needs.items > items:
            message = f"{needs.items} different items are needed, but {_count_listed(items)}"
            advice = f"write {items}, or list more under `evidence`"
            yield Finding(RULE.slug, message, subject.value(*route, "items"), advice)
        for source in needs.sources:
            if not count_items(subcompetency, source):
                message = f"no item under `evidence` may have the source `{source}`"
                advice = f"list one with `source: {source}`, or delete this"
                yield Finding(RULE.slug, message, subject.key(*route, source), advice)


def _count_listed(items: int) -> str:
    return "only 1 is listed" if items == 1 else f"only {items} are listed"
