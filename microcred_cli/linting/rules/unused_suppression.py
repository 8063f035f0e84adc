"""A suppression is deleted when it is no longer needed.

## What it is

A comment asks to pass over a finding that is not there: it was put right, or the comment stands on the
wrong line.

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
