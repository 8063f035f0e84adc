"""Things that stand side by side need different titles.

## What it is

Two levels, two sub-competencies, or two criteria of one sub-competency have the same title. Case, spaces
and the point at the end make no difference.

## Why it matters

Ids differ, but people read titles: in a report or on a badge they cannot tell which of the two is meant.

## A bad example

    subcompetencies:
      - id: listens
        title: Communicates
        ...
      - id: speaks
        title: Communicates
        ...

## A good example

    subcompetencies:
      - id: listens
        title: Listens
        ...
      - id: speaks
        title: Speaks
        ...
"""

from collections.abc import Iterator, Sequence

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import Passage, read_wording
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule("MC410", "same-title", Severity.WARNING, "Things side by side should have different titles.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every title that stood in the same list before."""
    wording = read_wording(subject)
    yield from _compare("level", wording.levels)
    yield from _compare("sub-competency", wording.subcompetencies)
    for criteria in wording.criteria:
        if len(criteria) > 1:
            yield from _compare("criterion", [criterion.title for criterion in criteria])


def _compare(noun: str, titles: Sequence[Passage]) -> Iterator[Finding]:
    if len({title.folded for title in titles}) == len(titles):
        return
    seen: set[str] = set()
    for title in titles:
        if title.folded in seen:
            message = f"there is a {noun} with the title `{shorten(title.node.text)}` already"
            yield Finding(RULE.slug, message, title.node.span, "give one of the two another title")
        seen.add(title.folded)
