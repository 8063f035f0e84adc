"""A badge must not be needed to earn it.

## What it is

`{held: ...}` in an award asks for the badge of another rubric. This rule finds one that asks for the badge of
the rubric it stands in.

## Why it matters

Nobody has the badge before the first one is issued, so the first one could never be earned this way. Most
often the rubric was copied, and the copy was given the id of the rubric it builds on.

## A bad example

    id: teamwork-advanced
    award: {all: [leads, {held: teamwork-advanced}]}

## A good example

    id: teamwork-advanced
    award: {all: [leads, {held: teamwork}]}
"""

from collections.abc import Iterator

from microcred_cli.linting.award_lists import read_held
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC211", "held-itself", Severity.ERROR, "A badge must not be needed to earn it.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every part of the award that asks for the rubric's own badge."""
    for held in read_held(subject.document):
        if held.text == subject.rubric.id:
            message = "the award asks for the rubric's own badge"
            yield Finding(RULE.slug, message, held.span, "name the rubric it builds on, or delete this part")
