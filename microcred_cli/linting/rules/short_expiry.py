"""A badge should be valid for longer than a month.

## What it is

This rule points out an `expires_after` of less than four weeks.

## Why it matters

The end is written into every badge and cannot be moved. Before the learner has put it on a profile, the badge
would be shown as expired. Mostly `days` or `weeks` stands there for `months` or `years`.

## A bad example

    expires_after: 3 days

## A good example

    expires_after: 3 years
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC509", "short-expiry", Severity.WARNING, "A badge should be valid for longer than a month.")

_DAYS = {"day": 1, "week": 7}
_FEWEST = 28


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when the badge expires in less than four weeks."""
    badge = subject.rubric.badge
    if badge is None or badge.expires_after is None:
        return
    count, unit = badge.expires_after.split(" ")
    days = int(count) * _DAYS.get(unit.removesuffix("s"), _FEWEST)
    if days < _FEWEST:
        message = f"the badge would expire {badge.expires_after} after it is issued"
        span = subject.value("badge", "expires_after")
        yield Finding(RULE.slug, message, span, "check the unit: `days`, `weeks`, `months` or `years`")
