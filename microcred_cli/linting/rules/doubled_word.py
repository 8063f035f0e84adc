"""A word should not stand twice in a row.

## What it is

A text that people read has a word such as *the*, *of* or *with* twice: "the the team". Only words that
never stand there twice on purpose are looked for, so "had had", "that that" and names such as "Walla Walla"
are left alone. Only in rubrics in German, English, Spanish, French, Italian, Dutch and Portuguese.

## Why it matters

It is easily overlooked in a text of several lines, and it stays in the reports and badges that learners
and employers read, which cannot be called back.

## A bad example

    descriptors:
      proficient: Sums up the the point of another.

## A good example

    descriptors:
      proficient: Sums up the point of another.
"""

import re
from collections.abc import Iterable, Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.word_places import find_place
from microcred_cli.linting.wording import Passage, read_wording
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document

RULE = Rule("MC412", "doubled-word", Severity.WARNING, "A word should not stand twice in a row.")

# By language, without words that may end what is said before they begin what follows (`moves on on the
# beat`), that are notes (`la`), or that do two duties (`die die`, `nous nous`, `para para`).
_WORDS = {
    "de": "eine einem einen einer eines für oder und von zum zur",
    "en": "an and from his into its my of or our than the their to we with your",
    "es": "con del el las los por sus un una",
    "fr": "au aux avec dans des du et le les leurs ou par pour une",
    "it": "con dei del della delle di gli il nel per una",
    "nl": "een te van",
    "pt": "ao com da das de do dos em os por um uma",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every text that has such a word twice, at the first place."""
    wording = read_wording(subject)
    if not wording.doubled:
        return
    known = _WORDS.get(subject.rubric.language.partition("-")[0], "")
    doubled = wording.doubled.intersection(known.split())
    for passage in wording.find_passages(f"{word} {word}" for word in doubled):
        match = _search(passage.node.text, doubled)
        if match is not None:
            span = find_place(subject.document, passage.node, *match.span())
            fix = _delete_second(subject.document, passage, match, span)
            message = f"`{' '.join(match[0].split())}` has the same word twice"
            yield Finding(RULE.slug, message, span, "delete one of the two", fix)


def _search(text: str, words: Iterable[str]) -> re.Match[str] | None:
    """Return where one of the words first stands twice, written alike or the first as a sentence begins."""
    pattern = rf"(?<![\w'’/–—-])({'|'.join(words)})\s+\1(?![\w'’/–—-])"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        first, second = match[0].split()
        if second.islower() and first in {second, second.capitalize()}:
            return match
    return None


def _delete_second(document: Document, passage: Passage, match: re.Match[str], span: Span) -> Fix | None:
    """Return the fix that deletes the second word; it is not safe, as another word may have been meant."""
    text = document.text
    first, second = match[0].split()
    if span == passage.node.span and text[span.start : span.end] != match[0]:
        return None
    start, end = span.start + len(first), span.end
    if text[start : end - len(second)].strip(" \t"):  # the second begins a line, which has to stay one
        start = end - len(second)
        if text[end : end + 1] != " ":
            return None
        end += 1
    return Fix(f"delete the second `{second}`", (Edit(Span(start, end), ""),), safe=False)
