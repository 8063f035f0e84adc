"""Every key is written out: no merge keys (`<<`).

## What it is

`<<: *name` mixes the keys of another mapping into this one. It was an extra of YAML 1.1 and is no longer
part of YAML 1.2, so that some tools follow it and others do not.

## Why it matters

Two tools would read two different rubrics from the same file, and a reader does not see which keys there
are.

## A bad example

    - <<: *first
      title: Listens

## A good example

    - id: listens
      title: Listens
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC005", "merge-key", Severity.ERROR, "Every key is written out.")
