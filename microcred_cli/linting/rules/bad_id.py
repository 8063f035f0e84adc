"""An id has lower-case letters, digits and single hyphens between them.

## What it is

Ids are the names by which a rubric speaks of its parts. They have the letters a to z, digits, and single
hyphens in between; no spaces, no capitals, no accents. The `title` is what people read, and may be
anything.

## Why it matters

Ids become part of file names, of web addresses and of badges. Written like this they are the same
everywhere.

## A bad example

    id: Gives Feedback

## A good example

    id: gives-feedback
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC105", "bad-id", Severity.ERROR, "An id has lower-case letters, digits and single hyphens.")
