"""A source is one that microcred knows.

## What it is

`source` says who gave the evidence: `instructor`, `learner` or `employer`. Leave it out if it makes no
difference.

## Why it matters

Scores from another source do not count for the item. With a source that no score ever has, the learner's
work would never count.

## A bad example

    - item: Placement report
      source: company

## A good example

    - item: Placement report
      source: employer
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC114", "unknown-source", Severity.ERROR, "A source is one that microcred knows.")
