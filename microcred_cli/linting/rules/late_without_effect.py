"""Late work that may reach the top level is not held back.

## What it is

`late: {at_most: ...}` names the level that late work counts as at most. This rule points out that it is the
top level.

## Why it matters

Every score is at most that anyway, so late work counts in full, while the rubric, and whoever explains it to
learners, says that it does not.

## A bad example

    decide: {by: highest, late: {at_most: exemplary}}     # exemplary is the top level

## A good example

    decide: {by: highest, late: {at_most: proficient}}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC310", "late-without-effect", Severity.WARNING, "A limit for late work must be a limit.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every limit of late work that is the top level."""
    top = subject.rubric.levels[-1].id
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        if subcompetency.decide.late.at_most == top:
            message = f"`{top}` is the top level, so late work counts like any other"
            span = subject.value("subcompetencies", number, "decide", "late", "at_most")
            yield Finding(RULE.slug, message, span, "name a lower level, or delete `late`")
