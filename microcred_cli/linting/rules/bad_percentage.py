"""A percentage is a number from 0 to 100 with a percent sign.

## What it is

Cuts and the share `latest` are percentages. They are written with their sign, without a space, with at
most four decimals behind a point.

## Why it matters

`0.7` could be 70 percent or less than one percent, `70` could be points. With the sign there is only one
way to read it.

## A bad example

    cuts: {proficient: 0.7}

## A good example

    cuts: {proficient: 70%}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC110", "bad-percentage", Severity.ERROR, "A percentage has a percent sign.")
