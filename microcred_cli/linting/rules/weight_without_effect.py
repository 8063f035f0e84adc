"""A weight only counts where the method is `average`.

## What it is

`weight` on an evidence item says how much its scores count. Only the method `average` looks at it. This rule
points out a weight under any other method.

## Why it matters

Whoever reads the rubric, learners too, believes that one assignment counts more than another, and it does
not.

## A bad example

    evidence:
      - item: Final report
        weight: 2
    decide: {by: highest}

## A good example

    evidence:
      - item: Final report
        weight: 2
    decide: {by: average}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.method import SPECIFICATIONS

RULE = Rule("MC304", "weight-without-effect", Severity.WARNING, "A weight only counts in an average.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every weight that the method of its sub-competency passes over."""
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        method = subcompetency.decide.by
        if SPECIFICATIONS[method].weights_count:
            continue
        for place, item in enumerate(subcompetency.evidence):
            if item.weight is not None:
                message = f"the method `{method}` takes no notice of weights"
                span = subject.key("subcompetencies", number, "evidence", place, "weight")
                yield Finding(RULE.slug, message, span, "delete the weight, or decide by `average`")
