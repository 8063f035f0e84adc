"""A badge should say in a sentence or two what it stands for.

## What it is

This rule points out a rubric that has neither a `summary` nor a `description` under `badge`.

## Why it matters

The description is what an employer reads first, in every wallet and on every page that shows the badge.
Without one it is put together from the titles of the sub-competencies, and reads like a list.

## A bad example

    title: Teamwork
    badge:
      name: Teamwork

## A good example

    title: Teamwork
    summary: Works with others toward a shared goal, listens, and settles disagreements.
    badge:
      name: Teamwork
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC501", "missing-description", Severity.INFO, "A badge should say what it stands for.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when neither the rubric nor its badge is described."""
    rubric = subject.rubric
    if rubric.summary is None and (rubric.badge is None or rubric.badge.description is None):
        message = "its badge will be described by the titles of the sub-competencies"
        yield Finding(RULE.slug, message, subject.key("title"), "add a `summary` of a sentence or two")
