"""What a badge tells of its holder has to be one of the known ways.

## What it is

In the project file, `recipient: {name: ..., email: ...}` is `plain` or `hashed`, and `results` is `levels` or
`scores`. This rule finds another word there.

## Why it matters

A badge is public, and what it tells of a learner cannot be taken back. A word that is guessed at could tell
more than was meant.

## A bad example

    recipient:
      email: secret

## A good example

    recipient:
      email: hashed
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC117", "unknown-disclosure", Severity.ERROR, "A badge tells of its holder in known ways only.")
