"""A key may stand only once in a mapping.

## What it is

The same key stands twice at the same place of the file. Most tools keep one of the two and say nothing.

## Why it matters

You see one value and the program may use the other. Learners would be judged by a line that you
thought you had replaced.

## A bad example

    shown_at: proficient
    shown_at: developing

## A good example

    shown_at: proficient
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC003", "duplicate-key", Severity.ERROR, "A key may stand only once in a mapping.")
