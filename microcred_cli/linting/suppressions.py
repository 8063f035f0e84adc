"""Comments that pass a finding over, with a reason.

``# microcred: ignore[slug] reason`` speaks of its own line; alone on a line, of the next one that is not
a comment. ``# microcred: ignore-file[slug] reason`` speaks of the whole file.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from microcred_cli.linting.catalog import CATALOG, find_entry, list_names
from microcred_cli.linting.record import SIGN
from microcred_cli.model.finding import Finding
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.nodes import Document, Scalar
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.suggest import advise_name, find_replacement

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

    ``comment`` is where that stands, and ``names`` where its names do, of which this is that ``number``.
    ``used`` turns true when there was something to pass over.
    """

    slug: str
    reason: str
    lines: frozenset[int] | None
    comment: Span
    names: Sequence[Span]
    number: int
    used: bool = False

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return self.names[self.number]

    def covers(self, slug: str, first: int, last: int) -> bool:
        """Return whether it speaks of a finding of that rule on these lines."""
        if slug != self.slug:
            return False
        return self.lines is None or any(first <= line <= last for line in self.lines)


@dataclass(slots=True)
class Suppressions:
    """All that the comments of one file suppress, and what is wrong with them."""

    text: str = ""
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
                advice = "delete the name, or the whole comment"
                fix = _delete_name(self.text, each)
                yield Finding("unused-suppression", message, each.span, advice, fix)


def read_suppressions(document: Document, lines: LineIndex) -> Suppressions:
    """Return what the comments of a document suppress."""
    suppressions = Suppressions(document.text)
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
        fix = None if body is None else _rename(_locate(comment, body.span("verb")), verb, _VERBS)
        advice = advise_name(verb, _VERBS)
        suppressions.findings.append(Finding("unknown-suppression", message, span, advice, fix))
        return
    names = list(islice(_NAME.finditer(body["names"] or ""), _MAXIMUM_NAMES))
    if not names:
        message = f"`{verb}` does not say which rule"
        advice = f"name the rule in brackets: # microcred: {verb}[slug] reason"
        suppressions.findings.append(Finding("unknown-suppression", message, span, advice))
        return
    reason = body["reason"].strip()
    covered = _list_lines(comment, lines) if verb == "ignore" else None
    start = body.start("names")
    places = [_locate(comment, (start + name.start(), start + name.end())) for name in names]
    for number, name in enumerate(names):
        entry = find_entry(name[0])
        if entry is None:
            message = f"there is no rule `{shorten(name[0])}`"
            others = [each[0] for each in names]
            fix = _rename(places[number], name[0], (each.slug for each in CATALOG), others)
            advice = advise_name(name[0], list_names())
            suppressions.findings.append(Finding("unknown-suppression", message, places[number], advice, fix))
        else:
            suppressions.entries.append(Suppression(entry.slug, reason, covered, span, places, number))
    if not reason:
        message = "this suppression does not say why"
        advice = "add the reason behind the bracket, for those who read the rubric after you"
        suppressions.findings.append(Finding("suppression-without-reason", message, span, advice))


def _locate(comment: re.Match[str], span: tuple[int, int]) -> Span:
    """Return where a part of a comment stands in the file."""
    return Span(comment.start() + span[0], comment.start() + span[1])


def _rename(span: Span, name: str, known: Iterable[str], taken: Collection[str] = ()) -> Fix | None:
    """Return the fix that writes the one name that must be meant."""
    replacement = find_replacement(name, known)
    if replacement is None or replacement.name in taken:
        return None
    return Fix(f"write `{replacement.name}`", (Edit(span, replacement.name),), replacement.same)


def _delete_name(text: str, unused: Suppression) -> Fix | None:
    """Return the fix that takes a name out of its comment, or all of a comment that has no other."""
    # Most files have no suppressions, and most of those that have use them.
    from microcred_cli.texts.yaml_deletions import delete_comment  # noqa: PLC0415 - see above

    names, number = unused.names, unused.number
    if len(names) == 1:
        edit = delete_comment(text, unused.comment)
        return None if edit is None else Fix("delete the comment", (edit,))
    span = Span(names[0].start, names[1].start)
    if number > 0:
        span = Span(names[number - 1].end, names[number].end)
    return Fix("delete the name", (Edit(span, ""),))


def _list_lines(comment: re.Match[str], lines: LineIndex) -> frozenset[int]:
    """Return the lines a comment speaks of."""
    own = lines.position(comment.start()).line
    if lines.line(own).lstrip(" \t").startswith("#"):
        following = own + 1
        while following <= lines.count and lines.line(following).lstrip(" \t").startswith("#"):
            following += 1
        return frozenset({own, following})
    return frozenset({own})
