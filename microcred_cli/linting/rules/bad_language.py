"""A language is a short tag such as `en`, `de` or `pt-BR`.

## What it is

The language is written as two to four lower-case letters; then, if need be, the script (`zh-Hant`) and
the country in capitals (`pt-BR`).

## Why it matters

Badges and reports carry the tag, so that browsers read them out in the right language. Badges with any
other spelling are refused by those who check them.

## A bad example

    language: English

## A good example

    language: en
"""

from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Severity

RULE = Rule("MC107", "bad-language", Severity.ERROR, "A language is a short tag.")
