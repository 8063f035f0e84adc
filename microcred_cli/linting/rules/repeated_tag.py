"""Each tag needs to stand there only once.

## What it is

A word under `tags` stands there a second time; upper and lower case and the number of spaces make no
difference.

## Why it matters

It is found no better, and every badge shows the word twice. Perhaps another word was meant.

## A bad example

    tags: [teamwork, collaboration, Teamwork]

## A good example

    tags: [teamwork, collaboration]
"""

import re
from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.safe import shorten

RULE = Rule("MC510", "repeated-tag", Severity.WARNING, "Each tag needs to stand there only once.")

_COMMA = re.compile(r" *, *")
_DASH = re.compile(r"(?:\r\n|\n|\r) *- *")
_LINE_END = re.compile(r" *(?=\r|\n|\Z)")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every tag that stood in the list before."""
    badge = subject.rubric.badge
    if badge is None or len(badge.tags) < 2:  # noqa: PLR2004 - one tag repeats none
        return
    seen: dict[str, str] = {}
    for place, tag in enumerate(badge.tags):
        folded = fold_name(tag)
        if folded in seen:
            message = f"the tag `{shorten(tag)}` stands there already"
            fix = _delete(subject, place, same=seen[folded] == tag)
            yield Finding(RULE.slug, message, subject.value("badge", "tags", place), "delete it", fix)
        seen.setdefault(folded, tag)


def _delete(subject: Subject, place: int, *, same: bool) -> Fix | None:
    """Return the fix that takes a tag out with what parts it from the one before; None beside a comment."""
    text = subject.document.text
    before, span = subject.value("badge", "tags", place - 1), subject.value("badge", "tags", place)
    between = text[before.end : span.start]
    in_line = _COMMA.fullmatch(between) is not None
    on_line = _DASH.fullmatch(between) is not None and _LINE_END.match(text, span.end) is not None
    if not (in_line or on_line) or text[span.start] in "|>":
        return None
    return Fix("delete the tag", (Edit(Span(before.end, span.end), ""),), safe=same)
