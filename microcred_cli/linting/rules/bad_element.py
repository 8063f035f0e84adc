"""Country, workload and level of a micro-credential have a set form.

## What it is

Under `badge: {european: ...}`, `country` is a code of ISO 3166 such as `NL`, or of a region, such as
`BE-VLG`; `workload` is a number of `ECTS` or `hours`; `level` is a level of the European Qualifications
Framework, from `EQF 1` to `EQF 8`, or a cycle of the QF-EHEA: `short`, `first`, `second` or `third`.

## Why it matters

Who recognises the badge elsewhere, in another country too, goes by these three. `two days` or `level 5` would
leave them guessing: every country has a level 5.

## A bad example

    european:
      country: Netherlands
      workload: two weeks
      level: 5

## A good example

    european:
      country: NL
      workload: 2 ECTS
      level: EQF 5
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC120", "bad-element", Severity.ERROR, "Country, workload and level have a set form.")
