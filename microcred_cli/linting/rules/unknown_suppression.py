"""A comment for microcred names a rule that there is.

## What it is

`# microcred: ignore[slug] reason` suppresses what the named rule finds on this line, or, if the comment
stands alone, on the next one that is neither blank nor a comment; `ignore-file` does so for the whole
file. This rule finds such a comment with an instruction or a rule that microcred does not know, or without
any rule, and one that does not begin so: `# microcred ignore[slug]`.

## Why it matters

The comment has no effect, and whoever reads it believes that it has.

## A bad example

    shown_at: beginning   # microcred: ignore[shown-at-lwest] met or not met

## A good example

    shown_at: beginning   # microcred: ignore[shown-at-lowest] met or not met
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC901", "unknown-suppression", Severity.WARNING, "A suppression names a rule.")
