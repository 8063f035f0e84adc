"""A number, or the length of a text, stays within bounds.

## What it is

The number is lower or higher than makes sense at this place, or the text is longer than any report could
show.

## Why it matters

Mostly a digit or a decimal point slipped in. Taken at its word, it would turn every decision.

## A bad example

    precision: 20

## A good example

    precision: 2
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule(
    "MC112", "out-of-range", Severity.ERROR, "A number, or the length of a text, stays within bounds."
)
