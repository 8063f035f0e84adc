"""Nothing may be left empty.

## What it is

A key has nothing behind its colon, a list has no entries, a text is only spaces, or the whole file is
empty.

## Why it matters

An empty descriptor would be an empty line in the report, an empty list of evidence a sub-competency
nobody can show. Leave out the key if it is optional.

## A bad example

    descriptors:
      proficient:

## A good example

    descriptors:
      proficient: Sums up another's point before answering it.
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC104", "empty-value", Severity.ERROR, "Nothing may be left empty.")
