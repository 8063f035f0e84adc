"""Comments that pass a finding over, with a reason.

``# microcred: ignore[slug] reason`` speaks of its own line; alone on a line, of the next one that is not
a comment. ``# microcred: ignore-file[slug] reason`` speaks of the whole file.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from microcred_cli.linting.catalog import find_entry, list_names
from microcred_cli.model.finding import Finding
from microcred_cli.model.place import Span
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.nodes import Document, Scalar
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.suggest import advise_name

SIGN = "microcred:"
_COMMENT = re.compile(r"#[ \t]*microcred:[^\r\n]*")
_BODY = re.compile(
    r"#[ \t]*microcred:[ \t]*(?P<verb>[\w-]*)[ \t]*(?:\[(?P<names>[^\]]*)\])?(?P<reason>.*)", re.DOTALL
)
_NAME = re.compile(r"[^,\s]+")
_VERBS = ("ignore", "ignore-file")
# What stands beyond these is not heeded, so that no file can make reading slow.
_MAXIMUM_COMMENTS = 500
_MAXIMUM_NAMES = 20


@dataclass(slots=True)
class Suppression:
    """One rule that one comment speaks of; ``lines`` is None for the whole file.

    ``used`` turns true when there was something to pass over.
    """

    slug: str
    span: Span
    reason: str
    lines: frozenset[int] | None
    used: bool = False

    def covers(self, slug: str, first: int, last: int) -> bool:
        """Return whether it speaks of a finding of that rule on these lines."""
        if slug != self.slug:
            return False
        return self.lines is None or any(first <= line <= last for line in self.lines)


@dataclass(slots=True)
class Suppressions:
    """All that the comments of one file suppress, and what is wrong with them."""

    entries: list[Suppression] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, slug: str, first: int, last: int) -> Suppression | None:
        """Return what speaks of a finding of that rule on these lines, and mark it as used."""
        found = [each for each in self.entries if each.covers(slug, first, last)]
        for each in found:
            each.used = True
        return found[0] if found else None

    def list_unused(self, unasked: Collection[str] = ()) -> Iterator[Finding]:
        """Yield a finding for everything that had nothing to pass over, but for rules that were not asked."""
        for each in self.entries:
            if not each.used and each.slug not in unasked:
                where = "in this file" if each.lines is None else "here"
                message = f"there is no finding of `{each.slug}` {where} to pass over"
                yield Finding(
                    "unused-suppression", message, each.span, "delete the name, or the whole comment"
                )


def read_suppressions(document: Document, lines: LineIndex) -> Suppressions:
    """Return what the comments of a document suppress."""
    suppressions = Suppressions()
    for comment in islice(_list_comments(document), _MAXIMUM_COMMENTS):
        _read_comment(comment, lines, suppressions)
    return suppressions


def _list_comments(document: Document) -> Iterator[re.Match[str]]:
    """Yield what looks like our comments and is one: not the inside of a text."""
    if SIGN not in document.text:
        return
    scalars = sorted(document.scalars(), key=lambda scalar: (scalar.span.start, scalar.span.end))
    starts = [scalar.span.start for scalar in scalars]
    for match in _COMMENT.finditer(document.text):
        before = document.text[match.start() - 1] if match.start() > 0 else "\n"
        nearest = bisect_right(starts, match.start()) - 1
        inside = nearest >= 0 and _holds(scalars[nearest], match.start(), document.text)
        if before in " \t\r\n" and not inside:
            yield match


def _holds(scalar: Scalar, offset: int, text: str) -> bool:
    """Return whether the character belongs to the scalar; a block scalar's first line may have a comment."""
    if offset >= scalar.span.end:
        return False
    is_block = not scalar.plain and text[scalar.span.start] in "|>"
    return not is_block or any(mark in text[scalar.span.start : offset] for mark in "\r\n")


def _read_comment(comment: re.Match[str], lines: LineIndex, suppressions: Suppressions) -> None:
    body = _BODY.match(comment[0])
    span = Span(comment.start(), comment.start() + len(comment[0].rstrip()))
    verb = body["verb"] if body is not None else ""
    if body is None or verb not in _VERBS:
        message = f"there is no instruction `{shorten(verb)}` for microcred"
        suppressions.findings.append(Finding("unknown-suppression", message, span, advise_name(verb, _VERBS)))
        return
    names = list(islice(_NAME.finditer(body["names"] or ""), _MAXIMUM_NAMES))
    if not names:
        message = f"`{verb}` does not say which rule"
        advice = f"name the rule in brackets: # microcred: {verb}[slug] reason"
        suppressions.findings.append(Finding("unknown-suppression", message, span, advice))
        return
    reason = body["reason"].strip()
    covered = _list_lines(comment, lines) if verb == "ignore" else None
    for name in names:
        start = comment.start() + body.start("names") + name.start()
        where = Span(start, start + len(name[0]))
        entry = find_entry(name[0])
        if entry is None:
            message = f"there is no rule `{shorten(name[0])}`"
            advice = advise_name(name[0], list_names())
            suppressions.findings.append(Finding("unknown-suppression", message, where, advice))
        else:
            suppressions.entries.append(Suppression(entry.slug, where, reason, covered))
    if not reason:
        message = "this suppression does not say why"
        advice = "add the reason behind the bracket, for those who read the rubric after you"
        suppressions.findings.append(Finding("suppression-without-reason", message, span, advice))


def _list_lines(comment: re.Match[str], lines: LineIndex) -> frozenset[int]:
    """Return the lines a comment speaks of."""
    own = lines.position(comment.start()).line
    if lines.line(own).lstrip(" \t").startswith("#"):
        following = own + 1
        while following <= lines.count and lines.line(following).lstrip(" \t").startswith("#"):
            following += 1
        return frozenset({own, following})
    return frozenset({own})
