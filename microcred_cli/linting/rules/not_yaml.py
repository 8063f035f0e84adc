"""A file has to be valid YAML.

## What it is

Rubrics are written in YAML, where indentation shows what belongs together. This rule finds a place where
the file cannot be read as YAML: a line that is indented too far, a colon or a hyphen without a space behind
it, a quote or a bracket that is never closed, a text with a colon in it that is not in quotes.

## Why it matters

Nothing after that place can be understood, so nothing can be assessed. The place that is shown is where
reading stopped; the mistake may be a line above it.

## A bad example

    title: Teamwork: working together

## A good example

    title: "Teamwork: working together"
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC002", "not-yaml", Severity.ERROR, "A file must be valid YAML.")
