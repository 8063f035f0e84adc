"""A file has no tags (`!name`).

## What it is

A word that begins with `!` in front of a value is a tag: it tells some programs to turn the value into
something of their own. A text that begins with `!` needs quotes for the same reason.

## Why it matters

What a tag means differs from program to program, and in some of them it runs code. microcred decides
itself, by the place in the rubric, what a value is.

## A bad example

    title: !important Listens

## A good example

    title: "!important Listens"
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC006", "tag", Severity.ERROR, "A file has no tags.")
