"""Comments that suppress a finding, with a reason.

``# microcred: ignore[slug] reason`` speaks of its own line; alone on a line, of the next one that is neither
blank nor a comment. ``# microcred: ignore-file[slug] reason`` speaks of the whole file.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from microcred_cli.linting.catalog import CATALOG, expand_name, find_entry, list_names
from microcred_cli.linting.record import MAXIMUM_FINDINGS, SIGN
from microcred_cli.model.finding import Finding
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.edits import apply_edits
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.nodes import Document, Scalar
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.suggest import advise_name, find_replacement
from microcred_cli.texts.yaml_places import find_line, find_line_end

_BEGINNING = "# microcred: "
_BODY = re.compile(
    r"#[ \t]*microcred:[ \t]*(?P<verb>[\w-]*)[ \t]*(?:\[(?P<names>[^\]]*)\])?(?P<reason>.*)", re.DOTALL
)
_MISSPELT = re.compile(r"(?!#[ \t]*microcred:)#[ \t]*(?i:microcred[ \t:._-]*(?P<verb>ignore(?:[-_]file)?)\b)")
_COMMENT = re.compile(r"(?<![^ \t\r\n])#")
# Nothing behind it belongs to the document.
_DOCUMENT_END = re.compile(r"(?<![^\r\n])\.\.\.(?![^ \t\r\n])")
_NAME = re.compile(r"[^,\s]+")
_VERBS = ("ignore", "ignore-file")
# What stands beyond these is not heeded, so that no file can make reading slow.
_MAXIMUM_COMMENTS = 500
_MAXIMUM_NAMES = 20


@dataclass(slots=True)
class Suppression:
    """One rule that one comment speaks of; ``lines`` is None for the whole file.

    ``comment`` is where that stands, and ``names`` where its names do, of which this is that ``number``.
    ``used`` turns true when there was something to suppress.
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
class Misspelling:
    """What is wrong with a comment, with a fix, and what the comment would suppress once that is applied.

    Without any of ``meant`` nobody knows what that would be.
    """

    finding: Finding
    meant: Sequence[Suppression] = ()

    def describe(self, unasked: Collection[str]) -> Finding:
        """Return the finding; without its fix where that would leave a comment with nothing to suppress."""
        works = all(each.used or each.slug in unasked for each in self.meant)
        return self.finding if self.meant and works else self.finding._replace(fix=None)


@dataclass(slots=True)
class Suppressions:
    """All that the comments of one file suppress, and what is wrong with them."""

    text: str = ""
    entries: list[Suppression] = field(default_factory=list)
    misspellings: list[Misspelling] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, slug: str, first: int, last: int) -> Suppression | None:
        """Return what speaks of a finding of that rule on these lines, and mark it as used."""
        found = [each for each in self.entries if each.covers(slug, first, last)]
        meant = [each for wrong in self.misspellings for each in wrong.meant]
        for each in (*found, *(each for each in meant if each.covers(slug, first, last))):
            each.used = True
        return found[0] if found else None

    def list_findings(self, unasked: Collection[str] = ()) -> Iterator[Finding]:
        """Yield what is wrong with the comments, once all that they may suppress was looked for.

        ``unasked`` are rules that were not asked, so that nobody knows what there is to suppress.
        """
        numbers: dict[str, int] = {}
        others = (wrong.describe(unasked) for wrong in self.misspellings)
        for finding in chain(self.findings, others, islice(self._list_unused(unasked), MAXIMUM_FINDINGS)):
            numbers[finding.rule] = number = numbers.get(finding.rule, 0) + 1
            if number <= MAXIMUM_FINDINGS:
                yield finding

    def _list_unused(self, unasked: Collection[str]) -> Iterator[Finding]:
        in_use = {each.comment.start for each in self.entries if each.used}
        for each in self.entries:
            if not each.used and each.slug not in unasked:
                where = "in this file" if each.lines is None else "here"
                message = f"there is no finding of `{each.slug}` {where} to suppress"
                advice = "delete the name, or the whole comment"
                # Who gave a reason meant something; the comment may stand on the wrong line.
                safe = not each.reason or each.comment.start in in_use
                fix = _delete_name(self.text, each, safe=safe)
                yield Finding("unused-suppression", message, each.span, advice, fix)


def read_suppressions(document: Document, lines: LineIndex) -> Suppressions:
    """Return what the comments of a document suppress."""
    suppressions = Suppressions(document.text)
    following = 0
    for comment in islice(_list_comments(document), _MAXIMUM_COMMENTS):
        own = lines.position(comment.start()).line
        if following <= own:  # one of several in a row speaks of the same line as the one before
            following = _find_following(own, lines)
        _read_comment(comment, frozenset({own, following}), suppressions)
    return suppressions


def _list_comments(document: Document) -> Iterator[re.Match[str]]:
    """Yield what looks like our comments and is one: not the inside of a text or of another comment."""
    if SIGN.search(document.text) is None:
        return
    scalars = sorted(document.scalars(), key=lambda scalar: (scalar.span.start, scalar.span.end))
    starts = [scalar.span.start for scalar in scalars]
    text, root = document.text, document.root
    first, last = (0, 0) if root is None else (root.span.start, root.span.end)
    end = _DOCUMENT_END.search(text, last)
    for match in SIGN.finditer(text, 0, len(text) if end is None else end.start()):
        line = find_line(text, match.start())
        if text[line] == "%" and line < first:  # a directive, which is for whoever reads the YAML
            continue
        at = line
        while (sign := _COMMENT.search(text, at, match.start() + 1)) is not None:
            nearest = bisect_right(starts, sign.start()) - 1
            if nearest < 0 or not _holds(scalars[nearest], sign.start(), text):
                if sign.start() == match.start():
                    yield match
                break
            at = scalars[nearest].end


def _holds(scalar: Scalar, offset: int, text: str) -> bool:
    """Return whether the character belongs to the scalar; a block scalar's first line may have a comment."""
    if offset >= scalar.span.end:
        return False
    is_block = not scalar.plain and text[scalar.span.start] in "|>"
    return not is_block or find_line_end(text, scalar.span.start) < offset


def _read_comment(comment: re.Match[str], lines: frozenset[int], suppressions: Suppressions) -> None:
    span = Span(comment.start(), comment.start() + len(comment[0].rstrip()))
    body = _BODY.match(comment[0])
    verb = body["verb"] if body is not None else ""
    if body is None or verb not in _VERBS:
        suppressions.misspellings.append(_describe_instruction(comment, span, lines))
        return
    names = _list_names(body)
    if not names:
        message = f"`{verb}` does not say which rule"
        advice = f"name the rule in brackets: {_BEGINNING}{verb}[slug] reason"
        suppressions.findings.append(Finding("unknown-suppression", message, span, advice))
        return
    reason, covered = body["reason"].strip(), lines if verb == "ignore" else None
    places = [_locate(comment, name) for name in names]
    for number, name in enumerate(names):
        entry = find_entry(name[0])
        if entry is None:
            others = [each[0] for each in names]
            finding = _describe_name(name[0], places[number], others)
            written = finding.fix.edits[0].replacement if finding.fix is not None else ""
            meant = [Suppression(written, reason, covered, span, places, number)] if written else []
            suppressions.misspellings.append(Misspelling(finding, meant))
        else:
            suppressions.entries.append(Suppression(entry.slug, reason, covered, span, places, number))
    if not reason:
        message = "this suppression does not say why"
        advice = "add the reason behind the bracket, for those who read the rubric after you"
        suppressions.findings.append(Finding("suppression-without-reason", message, span, advice))


def _describe_instruction(comment: re.Match[str], span: Span, lines: frozenset[int]) -> Misspelling:
    """Return what is wrong with a comment that has no instruction, or not where it has to be."""
    misspelt = _MISSPELT.match(comment[0])
    if misspelt is None:
        body = _BODY.match(comment[0])
        verb = "" if body is None else body["verb"]
        message = f"there is no instruction `{shorten(verb)}` for microcred"
        advice = advise_name(verb, _VERBS)
        fix = None if body is None else _rename(_locate(comment, body, "verb"), verb, _VERBS)
        edits = () if fix is None else fix.edits
    else:
        verb = misspelt["verb"].lower().replace("_", "-")
        message = f"a comment for microcred begins with `{_BEGINNING.rstrip()}`, so this one has no effect"
        advice = f"write {_BEGINNING}{verb}[slug] reason"
        edits = (Edit(_locate(comment, misspelt, 0), f"{_BEGINNING}{verb}"),)
        fix = Fix(f"write `{_BEGINNING}{verb}`", edits)
    finding = Finding("unknown-suppression", message, span, advice, fix)
    return Misspelling(finding, _list_meant(comment, edits, lines))


def _list_meant(comment: re.Match[str], edits: Sequence[Edit], lines: frozenset[int]) -> list[Suppression]:
    """Return what a comment suppresses once it is edited; nothing if there is more wrong with it."""
    start, span = comment.start(), Span(comment.start(), comment.end())
    moved = [Edit(Span(each.span.start - start, each.span.end - start), each.replacement) for each in edits]
    body = _BODY.match(apply_edits(comment[0], moved))
    if body is None or body["verb"] not in _VERBS or not body["reason"].strip():
        return []
    entries = [find_entry(name[0]) for name in _list_names(body)]
    covered = lines if body["verb"] == "ignore" else None
    meant = [Suppression(each.slug, "", covered, span, (), 0) for each in entries if each is not None]
    return meant if len(meant) == len(entries) else []


def _describe_name(name: str, span: Span, names: Collection[str]) -> Finding:
    """Return what to say of a name in brackets that no rule has."""
    message = f"there is no rule `{shorten(name)}`"
    if expand_name(name):
        advice = "name each rule; beginnings of codes count only in microcred.yaml and on the command line"
        return Finding("unknown-suppression", message, span, advice)
    fix = _rename(span, name, (each.slug for each in CATALOG), names)
    return Finding("unknown-suppression", message, span, advise_name(name, list_names()), fix)


def _list_names(body: re.Match[str]) -> list[re.Match[str]]:
    """Return the names in the brackets of a comment."""
    start, end = body.span("names")
    return list(islice(_NAME.finditer(body.string, start, end), _MAXIMUM_NAMES)) if start >= 0 else []


def _locate(comment: re.Match[str], part: re.Match[str], group: str | int = 0) -> Span:
    """Return where a part of a comment stands in the file."""
    return Span(comment.start() + part.start(group), comment.start() + part.end(group))


def _rename(span: Span, name: str, known: Iterable[str], taken: Collection[str] = ()) -> Fix | None:
    """Return the fix that writes the one name that must be meant."""
    replacement = find_replacement(name, known)
    if replacement is None or replacement.name in taken:
        return None
    return Fix(f"write `{replacement.name}`", (Edit(span, replacement.name),), replacement.same)


def _delete_name(text: str, unused: Suppression, *, safe: bool) -> Fix | None:
    """Return the fix that takes a name out of its comment, or all of a comment that has no other."""
    # Most files have no suppressions, and most of those that have use them.
    from microcred_cli.texts.yaml_deletions import delete_comment  # noqa: PLC0415 - see above

    names, number = unused.names, unused.number
    if len(names) == 1:
        edit = delete_comment(text, unused.comment)
        return None if edit is None else Fix("delete the comment", (edit,), safe)
    span = Span(names[0].start, names[1].start)
    if number > 0:
        span = Span(names[number - 1].end, names[number].end)
    return Fix("delete the name", (Edit(span, ""),), safe)


def _find_following(own: int, lines: LineIndex) -> int:
    """Return the line that a comment speaks of beside its own, which is the same behind something else."""
    if not lines.line(own).lstrip(" \t").startswith("#"):
        return own
    following = own + 1
    while following <= lines.count and lines.line(following).lstrip(" \t")[:1] in {"", "#"}:
        following += 1
    return following
