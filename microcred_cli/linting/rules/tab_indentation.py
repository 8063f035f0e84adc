r"""Lines are indented with spaces, not with tabs.

## What it is

In YAML the spaces before a line say what it belongs to. A tab is no space, however wide an editor shows it.

## Why it matters

A tab is as wide as each editor likes, so nobody could say what a line belongs to, and reading stops there.
Nothing behind it can be understood, so nothing can be assessed. Editors can show tabs and turn them into
spaces, in one go for the whole file.

## A bad example

    levels:
    \t- {id: beginning, title: Beginning, points: 1}

## A good example

    levels:
      - {id: beginning, title: Beginning, points: 1}
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC014", "tab-indentation", Severity.ERROR, "Lines must be indented with spaces.")
