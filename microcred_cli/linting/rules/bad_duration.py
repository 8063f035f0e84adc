"""A duration is a whole number and a unit.

## What it is

How long a badge is valid is written as a number from 1 to 999 and one of `days`, `weeks`, `months` or
`years`.

## Why it matters

From it the last day of validity is worked out and written into every badge. `3` alone could be days or
years.

## A bad example

    expires_after: three years

## A good example

    expires_after: 3 years
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC109", "bad-duration", Severity.ERROR, "A duration is a number and a unit.")
