"""A policy has to be one that microcred knows.

## What it is

Under `decide`, `late` is `count`, `leave-out` or `{at_most: ...}` with a level, and `attempts` is `all`,
`latest` or `best`. At the top of a rubric, `compatibility` is `canvas` or is left out. This rule finds
another word there.

## Why it matters

These words say which scores count. If microcred guessed what you meant, late work or an old attempt could
decide although you have told learners that it does not.

## A bad example

    decide: {by: average, late: ignore}

## A good example

    decide: {by: average, late: leave-out}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC118", "unknown-policy", Severity.ERROR, "A policy must be one that microcred knows.")
