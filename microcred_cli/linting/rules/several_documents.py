"""A file holds one document.

## What it is

A line with three hyphens (`---`) begins a new document in the same file. This rule finds the second one.

## Why it matters

Only the first one would be read, and the rest of the file would be passed over without a word.

## A bad example

    format: microcred/1
    ...
    ---
    format: microcred/1
    ...

## A good example

    format: microcred/1
    ...
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC007", "several-documents", Severity.ERROR, "A file holds one document.")
