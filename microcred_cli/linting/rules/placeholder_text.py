"""What people read must have been written.

## What it is

A title, a summary, a descriptor or a text of the badge is still what a template put there, or a note to
come back to it: `TODO`, `TBD`, `???`, a lone dash, `n/a`, *lorem ipsum*, `[insert text]`, *Descriptor 1*,
*Click to edit level*. So is a descriptor that only points at another: *see above*, *same as developing but
better*. Some of these are only known in English.

## Why it matters

It is what markers will mark by, and learners and employers will read it in reports and badges, which
cannot be called back.

## A bad example

    descriptors:
      proficient: TODO

## A good example

    descriptors:
      proficient: Sums up another's point before answering it.
"""

from collections.abc import Iterator

from microcred_cli.linting.placeholders import find_placeholders
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.word_places import find_place
from microcred_cli.linting.wording import read_wording
from microcred_cli.linting.words import load_words
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule("MC408", "placeholder-text", Severity.WARNING, "What people read should have been written.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every text that is a placeholder or has one in it."""
    wording = read_wording(subject)
    for passage, start, end in find_placeholders(wording, load_words(subject.rubric.language)):
        message = (
            f"`{shorten(' '.join(passage.node.text[start:end].split()))}` stands for a text that is not there"
        )
        place = find_place(subject.document, passage.node, start, end)
        yield Finding(RULE.slug, message, place, "write what people are to read here")
