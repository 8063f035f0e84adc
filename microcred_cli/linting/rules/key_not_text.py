"""A key is a single text, not a list or a mapping.

## What it is

YAML allows a whole list or mapping in front of a colon. This rule finds one. Often it is a pair of
brackets, or a question mark at the beginning of a line, that was meant as text.

## Why it matters

No key of a rubric looks like that, so it would mean nothing, and many programs cannot read it at all.

## A bad example

    [developing, proficient]: 50%

## A good example

    developing: 50%
    proficient: 70%
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC013", "key-not-text", Severity.ERROR, "A key is a single text.")
