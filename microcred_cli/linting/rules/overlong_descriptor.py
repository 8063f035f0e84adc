"""A descriptor should be short enough to be held in mind while marking.

## What it is

A descriptor has more than 60 words; in scripts that put no spaces between words, more than 200
characters. A marker weighs three to five of them against each other for every criterion and learner.
Descriptors in widely used rubrics have 10 to 40 words, so one of more than 60 says several things or
explains what belongs elsewhere.

## Why it matters

What does not fit in mind is skimmed, so that each marker weighs another part of it. And the longer the
list, the more work meets half of it and belongs to no level.

## A bad example

    descriptors:
      proficient: Sums up another's point, and ... (and so on for eight lines)

## A good example

    descriptors:
      proficient: Sums up another's point so that its author agrees, before answering it.
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import Kind, read_wording
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC409", "overlong-descriptor", Severity.INFO, "A descriptor should fit in a marker's mind.")

_MAXIMUM_WORDS = 60
_MAXIMUM_CHARACTERS = 200
# No language that puts spaces between words has words as long as this on average.
_LONG_WORD = 25


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every descriptor that is too long."""
    for passage in read_wording(subject).passages:
        # No shorter one has too many words, unless they are shorter than words are.
        if len(passage.folded) > _MAXIMUM_CHARACTERS and passage.kind is Kind.DESCRIPTOR:
            size = _measure(passage.folded)
            if size is not None:
                message = f"this descriptor has {size}"
                advice = (
                    "keep what tells this level from the next; make a criterion of what is a second thing"
                )
                yield Finding(RULE.slug, message, passage.node.span, advice)


def _measure(text: str) -> str | None:
    """Return how long the text is, in words, when it is too long."""
    words = text.count(" ") + 1
    if len(text) > words * _LONG_WORD:
        return f"{len(text)} characters, more than {_MAXIMUM_CHARACTERS}"
    return f"{words} words, more than {_MAXIMUM_WORDS}" if words > _MAXIMUM_WORDS else None
