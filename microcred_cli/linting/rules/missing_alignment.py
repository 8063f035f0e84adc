"""A badge should name a skill of a public framework.

## What it is

`alignment` names skills of frameworks that others know too: ESCO in Europe, O*NET in the United States, the
one of your profession. This rule points out a `badge` without it.

## Why it matters

An employer abroad does not know your course, and a program that searches for people with a skill does not
understand your words. Both know the framework. What no framework has, or what you have not compared with one,
is better left out; then suppress this and say so.

## A bad example

    badge:
      name: Teamwork

## A good example

    badge:
      name: Teamwork
      alignment:
        - framework: ESCO
          name: work in teams
          url: http://data.europa.eu/esco/skill/60c78287-22eb-4103-9c8c-28deaa460da0
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC505", "missing-alignment", Severity.INFO, "A badge should name a skill of a public framework.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when there is a badge section without alignment."""
    badge = subject.rubric.badge
    if badge is not None and not badge.alignment:
        message = "the badge names no skill of a public framework"
        advice = "search https://esco.ec.europa.eu or the framework of your field, and add an `alignment`"
        yield Finding(RULE.slug, message, subject.key("badge"), advice)
