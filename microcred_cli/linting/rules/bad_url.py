"""A web address is complete and has no spaces.

## What it is

An address begins with `http://` or `https://` and has only the characters that addresses may have;
others, such as letters with accents, are written with percent signs, as your browser copies them.

## Why it matters

The address goes into every badge. One that cannot be opened takes away what it should prove.

## A bad example

    url: example.org/skills/teamwork

## A good example

    url: https://example.org/skills/teamwork
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC108", "bad-url", Severity.ERROR, "A web address is complete.")
