"""A value should mean the same to every program.

## What it is

There are two versions of YAML in use, 1.1 and 1.2, and they disagree on words such as `yes`, `no` and
`on`, on numbers such as `012` and `1_000`, on times such as `1:30` and on dates. microcred follows 1.2,
where these words, times and dates are plain text.

## Why it matters

Your editor, or another program that reads the rubric, may see `true` where you wrote `yes`, or 90 where
you wrote `1:30`. In quotes, everybody sees the text.

## A bad example

    title: 1:30

## A good example

    title: "1:30"
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC012", "ambiguous-scalar", Severity.WARNING, "A value should mean the same to every program.")
