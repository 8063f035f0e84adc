"""Lists and mappings are nested at most 40 levels deep.

## What it is

Something inside something else, inside something else, and so on: this rule finds the forty-first level.
A rubric needs about ten.

## Why it matters

No rubric is built like that. A file that is would make some programs crash, so it is refused before it
can.

## A bad example

    award: {any: [{any: [{any: [{any: [ ... ]}]}]}]}

## A good example

    award: {any: [listens, gives-feedback]}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC008", "too-deep", Severity.ERROR, "Nesting stays within bounds.")
