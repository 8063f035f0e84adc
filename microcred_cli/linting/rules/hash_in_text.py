"""A text with a number sign in it needs quotes.

## What it is

A text without quotes is followed by a space and a `#` that has no space behind it, as in `Essay #2`. For
YAML a comment begins there. Comments nearly always have a space behind the `#`; what looks like a key that
somebody took out (`#weight: 2`), and words such as `#TODO`, are left alone. Only texts that people read or
that gradebooks are searched for are looked at.

## Why it matters

The rest of the line is no part of the text: learners and employers do not see it, and an item `Essay #2`
takes the scores of `Essay`.

## A bad example

    evidence:
      - item: Essay #2

## A good example

    evidence:
      - item: "Essay #2"
"""

import re
from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten

RULE = Rule("MC016", "hash-in-text", Severity.WARNING, "A text with a number sign in it should have quotes.")

_TEXTS = frozenset({
    "title", "summary", "item", "criterion", "name", "description", "assessment", "quality_assurance",
})  # fmt: skip
_DESCRIPTORS = "descriptors"
_REST = re.compile(
    r" #(?=[^\W_])(?!(?i:todo|fixme|noqa|region|endregion|microcred)\b|\w+:)(?:(?! # )[^\r\n])*"
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every text whose line goes on behind it with such a sign."""
    text = subject.document.text
    rests = {_skip_spaces_back(text, match.start()): match for match in _REST.finditer(text)}
    if not rests:
        return
    found = [each for each in _list_texts(subject.document.root) if each.plain and each.end in rests]
    for scalar in sorted(found, key=lambda each: each.start):
        end = rests[scalar.end].end()
        span = Span(rests[scalar.end].start() + 1, len(text[:end].rstrip()))
        message = f"`{shorten(text[span.start : span.end])}` is a comment here, and no part of the text"
        advice = "put the text in quotes; if a comment is meant, put a space behind the `#`"
        yield Finding(RULE.slug, message, span, advice, _quote(text, scalar, span.end))


def _skip_spaces_back(text: str, end: int) -> int:
    while end > 0 and text[end - 1] in " \t":
        end -= 1
    return end


def _list_texts(node: Node | None, *, within: bool = False) -> Iterator[Scalar]:
    """Yield the texts that people read, and the names that gradebooks are searched for."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _list_texts(item)
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            if not isinstance(value, Scalar):
                yield from _list_texts(value, within=key.text == _DESCRIPTORS)
            elif within or key.text in _TEXTS:
                yield value


def _quote(text: str, scalar: Scalar, end: int) -> Fix | None:
    """Return the fix that makes one text of both; it is not safe, as a comment may have been meant."""
    written = text[scalar.start : end]
    if "\n" in written or "\r" in written:
        return None
    quoted = written.replace("'", "''")
    return Fix("put it in quotes", (Edit(Span(scalar.start, end), f"'{quoted}'"),), safe=False)
