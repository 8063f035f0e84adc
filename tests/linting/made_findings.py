"""Findings made to try formats with: of any rule, about any text, with any words."""

from typing import Any

from hypothesis import strategies as st

from microcred_cli.linting.catalog import CATALOG, load_rule
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.model.finding import Severity
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.nodes import Document
from tests.linting import samples
from tests.linting.samples import RUBRIC, edit_rubric

MISTAKEN = edit_rubric("shown_at: proficient", "shown_at: profficient")
LOWEST = edit_rubric("shown_at: proficient", "shown_at: beginning")
SUPPRESSED = edit_rubric("shown_at: proficient", "shown_at: beginning # microcred: ignore[MC305] on purpose")
CLEAN = RUBRIC
_SLUGS = {"unknown-level", "shown-at-lowest", "unknown-key", "missing-key"}

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
"""Lone surrogates too: names of files may have them."""


def lint_text(text: str, name: str = "rubric.yaml") -> LintedFile:
    """Return what a few rules find, without fixes, so that a new rule or fix does not change these tests."""
    linted = samples.lint_text(text, name)
    found = [each._replace(fix=None) for each in linted.findings if each.slug in _SLUGS]
    return linted._replace(findings=tuple(found))


_FOUND = lint_text(MISTAKEN).findings[0]


def make_finding(text: str, start: int, end: int, *, file: str = "a.yaml", **changes: Any) -> LintFinding:
    """Return a finding of MC201 about a part of a text."""
    lines = LineIndex(text)
    place = {"span": Span(start, end), "start": lines.position(start), "end": lines.position(end)}
    return _FOUND._replace(file=file, **{**place, **changes})


def make_file(text: str, *findings: LintFinding, name: str = "a.yaml") -> LintedFile:
    """Return a file of that text with those findings."""
    return LintedFile(name, Document(text, None), None, None, tuple(findings))


def alter(linted: LintedFile, **changes: Any) -> LintedFile:
    """Return the file, its name and only its first finding changed."""
    altered = linted.findings[0]._replace(**changes)
    return linted._replace(name=altered.file, findings=(altered,))


def fix_level(*, safe: bool, file: str = "a.yaml") -> LintedFile:
    """Return the file with the unknown level, and a fix for it."""
    linted = lint_text(MISTAKEN, file)
    edit = Edit(linted.findings[0].span, "proficient")
    return alter(linted, fix=Fix("write `proficient`", (edit,), safe))


@st.composite
def any_finding(draw: st.DrawFn, text: str, file: str) -> LintFinding:
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    rule = load_rule(draw(st.sampled_from(CATALOG)).slug)
    fix = None
    if draw(st.booleans()):
        edit = Edit(Span(start, end), draw(st.text(max_size=10)))
        fix = Fix(draw(ANY_TEXT), (edit,), draw(st.booleans()))
    return make_finding(
        text,
        start,
        end,
        file=file,
        code=rule.code,
        slug=rule.slug,
        severity=draw(st.sampled_from(Severity)),
        message=draw(ANY_TEXT),
        help=draw(st.none() | ANY_TEXT),
        suppressed=draw(st.none() | ANY_TEXT),
        fix=fix,
    )


@st.composite
def any_file(draw: st.DrawFn) -> LintedFile:
    text = draw(st.text(max_size=40) | st.text("ab \t\r\n:#\U0001f600", max_size=40))
    name = draw(ANY_TEXT.filter(bool))
    return make_file(text, *draw(st.lists(any_finding(text, name), max_size=4)), name=name)


ANY_FILES = st.lists(any_file(), max_size=3)
