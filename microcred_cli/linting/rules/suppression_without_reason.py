"""A suppression says why.

## What it is

Behind the bracket of `# microcred: ignore[slug]` stands the reason, in a few words. This rule points out
a comment without one. The comment still has its effect.

## Why it matters

A colleague, or an auditor, sees that something was suppressed on purpose. They should also see for
which.

## A bad example

    shown_at: beginning   # microcred: ignore[shown-at-lowest]

## A good example

    shown_at: beginning   # microcred: ignore[shown-at-lowest] met or not met
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC903", "suppression-without-reason", Severity.WARNING, "A suppression says why.")
