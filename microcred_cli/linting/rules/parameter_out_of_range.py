"""The parameter of a method stays within the range in which the method makes sense.

## What it is

`latest` is the share with which the newest score counts: from 1% to 99% for `weighted-average`, from 50% to
99% for `decaying-average`. These are the ranges Canvas allows.

## Why it matters

Below 50% a decaying average favours old work over new, the opposite of what it is for. At 0% or 100% only
one score counts, and another method says that more clearly. If you have a reason for such a number, this
error can be suppressed with a comment that gives it.

## A bad example

    decide: {by: decaying-average, latest: 35%}

## A good example

    decide: {by: decaying-average, latest: 65%}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.method import SPECIFICATIONS

RULE = Rule(
    "MC303",
    "parameter-out-of-range",
    Severity.ERROR,
    "A method's parameter must be within its range.",
    arguable=True,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every percentage beyond the bounds of its method."""
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        choice = subcompetency.decide
        for parameter in SPECIFICATIONS[choice.by].parameters:
            if not parameter.percent or choice.latest is None:
                continue
            if not parameter.minimum <= choice.latest <= parameter.maximum:
                message = f"`{parameter.name}` of the method `{choice.by}` is {choice.latest}%"
                advice = f"write a percentage from {parameter.minimum}% to {parameter.maximum}%"
                span = subject.value("subcompetencies", number, "decide", parameter.name)
                yield Finding(RULE.slug, message, span, advice)
