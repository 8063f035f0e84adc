"""The method under `decide` has to be one that microcred knows.

## What it is

`decide: {by: ...}` says how the scores of a sub-competency become one: `highest`, `latest`, `average`,
`weighted-average`, `decaying-average`, `n-mastery`, `most-common`, `mean-of-highest`, `drop-lowest`, `median`
or `power-law`. This rule finds any other word; for some, such as `mean`, it knows which method is meant.

## Why it matters

The method decides between "shown" and "not yet". If microcred guessed what you meant, learners could be
judged by a method that nobody chose.

## A bad example

    decide: {by: mean}

## A good example

    decide: {by: average}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC203", "unknown-method", Severity.ERROR, "The method must be one that microcred knows.")
