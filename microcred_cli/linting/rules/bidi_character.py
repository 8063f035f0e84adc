"""Texts have no characters that change their direction unseen.

## What it is

Some invisible characters make the text around them run from right to left or from left to right. This
rule finds them. Arabic and Hebrew hardly ever need them: their letters bring their direction with them.

## Why it matters

With such a character a line can be shown in another order than the one in which a program reads it, so
that a rubric shows you one rule and applies another. The trick is known as Trojan Source
(CVE-2021-42574).

## A bad example

    shown_at: proficient   # here stands an invisible U+202E

## A good example

    shown_at: proficient
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule(
    "MC011", "bidi-character", Severity.ERROR, "Texts have no characters that change their direction unseen."
)
