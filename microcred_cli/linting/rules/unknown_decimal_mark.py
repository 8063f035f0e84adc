"""The decimal mark is a point or a comma.

## What it is

`decimal` in the project file says how an export writes fractions: `"."` as in 3.5 or `","` as in 3,5. Put
it in quotes.

## Why it matters

`1,250` is one and a quarter with one mark and twelve hundred and fifty with the other.

## A bad example

    gradebook: {decimal: comma}

## A good example

    gradebook: {decimal: ","}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC115", "unknown-decimal-mark", Severity.ERROR, "The decimal mark is a point or a comma.")
