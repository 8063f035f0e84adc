"""A file has to be saved as UTF-8.

## What it is

Characters are stored in a file as numbers, and there are several ways to do so. microcred reads the one
that nearly all programs use today, UTF-8. This rule finds a file that was saved in another way, and shows
the first character that could not be read.

## Why it matters

Read in the wrong way, `é` turns into `Ã©` in the rubric, in the report and in the badge. Rather than
guess, microcred asks for the one encoding that every tool reads the same.

## A bad example

    # saved as "Windows-1252" or "Unicode (UTF-16)"
    title: Présentation

## A good example

    # saved as "UTF-8"
    title: Présentation
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC001", "not-utf8", Severity.ERROR, "A file must be saved as UTF-8.")
