"""Two levels of a criterion must not be described by the same words.

## What it is

A criterion describes two of its levels by the same text. Case, spaces and the point at the end make no
difference.

## Why it matters

Nobody can tell which of the two levels the work has reached. Often one of them was copied to be reworded
later.

## A bad example

    descriptors:
      developing: Names the team's goal.
      proficient: Names the team's goal.

## A good example

    descriptors:
      developing: Names the team's goal when asked.
      proficient: Restates the team's goal in their own words.
"""

from collections.abc import Iterator

from microcred_cli.linting.level_names import find_level_names
from microcred_cli.linting.placeholders import find_placeholders
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import CriterionWording, Wording, read_wording
from microcred_cli.linting.words import load_words
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC403", "same-descriptor", Severity.WARNING, "Two levels should not have the same descriptor.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every descriptor that stood at another level of its criterion before."""
    wording = read_wording(subject)
    for criterion in wording.list_criteria():
        texts = [passage.folded for passage in criterion.descriptors.values()]
        if len(set(texts)) < len(texts):
            yield from _compare(criterion, subject, wording)


def _compare(criterion: CriterionWording, subject: Subject, wording: Wording) -> Iterator[Finding]:
    words = load_words(subject.rubric.language)
    placeholders = find_placeholders(wording, words)
    empty = find_level_names(wording, words).union(passage.folded for passage, _, _ in placeholders)
    first: dict[str, str] = {}
    for level, passage in criterion.descriptors.items():
        other = first.setdefault(passage.folded, level)
        if other != level and passage.folded not in empty:  # other rules say that it is no descriptor
            message = f"`{level}` has the same descriptor as `{other}`"
            yield Finding(
                RULE.slug, message, passage.node.span, "say what one sees at this level and not at the other"
            )
