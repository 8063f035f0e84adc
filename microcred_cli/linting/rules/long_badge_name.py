"""The name of a badge should be short enough to be shown.

## What it is

This rule points out a badge whose name has more than 70 characters.

## Why it matters

The picture that is drawn for the badge has room for about 70 letters, in small type. Profiles and lists of
badges show even fewer, so that several badges of one programme look alike. What the badge is in full can
stand in its `description`.

## A bad example

    name: "Evidence-based clinical communication in multidisciplinary teams of hospitals and clinics"

## A good example

    name: Clinical communication in teams
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC508", "long-badge-name", Severity.INFO, "The name of a badge should be short.")

_MOST = 70


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when the name, or the title in its place, is too long to be shown."""
    rubric = subject.rubric
    name = rubric.title if rubric.badge is None else rubric.badge.name
    if len(name) > _MOST:
        message = f"the name has {len(name)} characters, and a badge shows about {_MOST}"
        span = subject.value("title") if rubric.badge is None else subject.value("badge", "name")
        yield Finding(RULE.slug, message, span, "shorten it; the rest can stand in the description")
