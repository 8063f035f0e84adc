"""A short award rule is `all` or `any`.

## What it is

`award: all` asks for every sub-competency, `award: any` for one of them. Anything else is a mapping: with
lists, `{all: [...]}`, `{any: [...]}` or `{at_least: 2, of: [...]}`; with points, `{points: 3, of: {...}}`;
or with the badge of another rubric, `{held: ...}`.

## Why it matters

The award decides who earns the badge, so it is never guessed.

## A bad example

    award: most

## A good example

    award: {at_least: 3}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC116", "unknown-award-rule", Severity.ERROR, "A short award rule is `all` or `any`.")
