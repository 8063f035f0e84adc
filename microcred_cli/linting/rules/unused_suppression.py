"""A suppression is deleted when it is no longer needed.

## What it is

A comment suppresses a finding that is not there: it was put right, or the comment stands on the wrong line.
A comment with a reason is only deleted by `--unsafe-fixes`: whoever wrote it meant something.

## Why it matters

Left where it is, the comment would one day hide a new mistake that nobody has looked at.

## A bad example

    shown_at: proficient   # microcred: ignore[shown-at-lowest] met or not met

## A good example

    shown_at: proficient
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule(
    "MC902", "unused-suppression", Severity.WARNING, "A suppression is deleted when it is no longer needed."
)
