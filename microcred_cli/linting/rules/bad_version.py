"""A version has three numbers with points in between.

## What it is

The version of a rubric is written as in `1.0.0` (semver.org): raise the last number for a correction, the
middle one for an addition, the first one when a learner could now be judged differently.

## Why it matters

A badge says by which version it was earned. The first number decides whether a learner can earn the badge
again.

## A bad example

    version: v2

## A good example

    version: 2.0.0
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC106", "bad-version", Severity.ERROR, "A version has three numbers.")
