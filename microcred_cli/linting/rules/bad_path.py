r"""A path stays inside the project folder.

## What it is

Paths in `microcred.yaml` are seen from its folder and written with forward slashes. They do not begin
with a slash or a drive letter, and do not lead upwards with `..`.

## Why it matters

The project works on every computer and system only if it finds everything in itself. A path that leads
out of it could also overwrite what has nothing to do with it.

## A bad example

    output: C:\results

## A good example

    output: results
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC113", "bad-path", Severity.ERROR, "A path stays inside the project folder.")
