"""The format is one that this version of microcred reads.

## What it is

The line `format:` says in which form the file is written: `microcred/1` for a rubric,
`microcred-project/1` for the project file `microcred.yaml`.

## Why it matters

It lets later versions of microcred read old files the way they were meant. An unknown format may mean
something else by the same words.

## A bad example

    format: rubric

## A good example

    format: microcred/1
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC111", "bad-format", Severity.ERROR, "The format is one that this version reads.")
