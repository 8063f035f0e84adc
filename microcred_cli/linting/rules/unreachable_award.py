"""An award must not ask for more parts than there are.

## What it is

`{at_least: n, of: [...]}` is met when `n` of the parts in the list are met; without `of`, `n` of all
sub-competencies. This rule finds an `n` that is greater than the number of parts.

## Why it matters

Nobody could ever earn the badge, however good the work is. Often a sub-competency was taken out and the
number was forgotten.

## A bad example

    award: {at_least: 3, of: [listens, gives-feedback]}

## A good example

    award: {at_least: 2, of: [listens, gives-feedback]}
"""

from collections.abc import Iterator
from decimal import Decimal

from microcred_cli.linting.award_lists import read_award_lists
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule(
    "MC205", "unreachable-award", Severity.ERROR, "An award must not ask for more parts than there are."
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every `at_least` that its list cannot meet."""
    everything = len(subject.rubric.subcompetencies)
    for each in read_award_lists(subject.document):
        parts = everything if each.everything else each.parts
        needed = None if each.count is None else each.count.value
        if each.count is not None and isinstance(needed, Decimal) and needed > parts:
            message = (
                f"at least {needed} are asked for, but there {'is' if parts == 1 else 'are'} only {parts}"
            )
            advice = f"ask for {parts} or fewer, or add what is missing"
            yield Finding(RULE.slug, message, each.count.span, advice)
