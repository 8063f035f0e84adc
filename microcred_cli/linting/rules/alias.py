"""Every value is written out: no anchors (`&name`) and no aliases (`*name`).

## What it is

In YAML a part of a file can be marked with `&name` and repeated elsewhere with `*name`. A text that
happens to begin with `&` or `*` looks the same. microcred reads neither.

## Why it matters

Someone who reads one part of the rubric cannot see what it says without searching the rest. A few lines
of repeated repetitions can also grow to gigabytes and stop the computer.

## A bad example

    evidence: &all
      - item: Team charter

## A good example

    evidence:
      - item: Team charter
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC004", "alias", Severity.ERROR, "Every value is written out.")
