"""Every key has to be one that belongs at its place.

## What it is

This rule finds a key that microcred does not know at this place of the file, or two keys of which only
one may stand there. Mostly it is a typing error, a word that is usual elsewhere, such as `name` for `title`,
or the key belongs a level higher or lower; the help says where. A required key that stands there under such a
name is not reported as missing as well.

## Why it matters

If an unknown key were passed over, a misspelt `shown_at` or `at_least` would have no effect, and nobody
would notice until learners ask.

## A bad example

    decide: {by: average, atleast: 2}

## A good example

    decide: {by: average, at_least: 2}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC101", "unknown-key", Severity.ERROR, "Every key must be one that microcred knows.")
