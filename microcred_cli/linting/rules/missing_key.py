"""Every key that is required has to be there.

## What it is

Some keys can be left out, others cannot: a level needs its points, a sub-competency its evidence. This
rule finds a place where such a key is missing, and shows a line that could be added.

## Why it matters

Without it the rubric does not say how to decide. microcred makes nothing up.

## A bad example

    - {id: proficient, title: Proficient}

## A good example

    - {id: proficient, title: Proficient, points: 3}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC102", "missing-key", Severity.ERROR, "Every required key must be there.")
