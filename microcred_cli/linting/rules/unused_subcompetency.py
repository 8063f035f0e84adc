"""A sub-competency that the award never asks for does not help anyone to the badge.

## What it is

The award names the sub-competencies it asks for. This rule points out one that it never names.

## Why it matters

The learner is assessed in it, sees it in the report, and works for it, but it has no bearing on the
badge. That may be what you want (a part that is only reported). More often it was added later and the award
was forgotten.

## A bad example

    subcompetencies:
      - id: listens
        ...
      - id: gives-feedback
        ...
    award: {all: [listens]}

## A good example

    award: {all: [listens, gives-feedback]}
"""

from collections.abc import Iterator

from microcred_cli.linting.award_lists import read_award_lists, read_held
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule(
    "MC206", "unused-subcompetency", Severity.WARNING, "The award should look at every sub-competency."
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every sub-competency that the award never asks for."""
    lists = tuple(read_award_lists(subject.document))
    only_badges = not lists and any(read_held(subject.document))
    if any(each.total is None for each in lists) or not (lists or only_badges):
        return
    named = {name.text for each in lists for name in each.names}
    for number, each in enumerate(subject.rubric.subcompetencies):
        if each.id not in named:
            message = f"the award never asks for `{each.id}`"
            advice = "name it under `award`, or say in a comment why it is only reported"
            yield Finding(RULE.slug, message, subject.value("subcompetencies", number, "id"), advice)
