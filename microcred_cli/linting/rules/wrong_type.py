"""Every value has to be of the kind that belongs at its place.

## What it is

There is a list where a text belongs, a text where a number belongs, and so on. A text that looks like a
number or like `true` needs quotes, and so does a text with a comma in it between braces. Decimals have a
point: `{points: 2,5}` would be two values.

## Why it matters

The value could be read in more than one way, and each would lead to other results.

## A bad example

    title: 2026

## A good example

    title: "2026"
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC103", "wrong-type", Severity.ERROR, "Every value must be of the kind that belongs there.")
