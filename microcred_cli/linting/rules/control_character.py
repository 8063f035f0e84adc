r"""Texts have no invisible control characters.

## What it is

Some characters cannot be seen: they ring a bell, move the cursor, or begin a line that only some programs
show as one. They get into a file by copying from a PDF or a web page, and as escapes such as `\b` between
double quotes.

## Why it matters

What you see is not what is there: two names that look the same differ, and what looks like the end of a
comment may be a key that counts. Reports and badges would carry the character on.

## A bad example

    title: "Listens\b"

## A good example

    title: Listens
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC010", "control-character", Severity.ERROR, "Texts have no invisible control characters.")
