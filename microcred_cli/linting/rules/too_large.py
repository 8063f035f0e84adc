"""A file has at most 1,000,000 bytes and 50,000 values.

## What it is

This rule finds a file that is larger than any rubric has a reason to be. A rubric with twenty
sub-competencies has about 20,000 bytes.

## Why it matters

Mostly it is the wrong file: a gradebook, or an export of something else. It is refused at once rather
than after minutes.

## A bad example

    # a whole department's rubrics in one file

## A good example

    # one rubric in each file
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC009", "too-large", Severity.ERROR, "A file stays within bounds.")
