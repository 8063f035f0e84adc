"""The one list of rules. A code is never used again, even when its rule is gone; slugs may get aliases.

A rule's module is named after its slug, and is imported only when it has something to check or to say.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from microcred_cli.linting.record import LintedFile
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding
from microcred_cli.texts.suggest import advise_name

if TYPE_CHECKING:  # most runs have no project file
    from microcred_cli.linting.project_subject import ProjectSubject

Check = Callable[[Subject], Iterator[Finding]]
ProjectCheck = Callable[["ProjectSubject"], Iterator[Finding]]
Comparison = Callable[[Sequence[LintedFile]], Iterator[tuple[int, Finding]]]


class Finder(StrEnum):
    """Who finds what a rule is about."""

    READER = "the YAML reader"
    SCHEMA = "the schema"
    CHECK = "the rule's own check of one rubric, which may find an error"
    ADVICE = "the rule's own check of one rubric, which never finds an error"
    PROJECT = "the rule's own check of the project file"
    COMPARISON = "the rule's own comparison of all rubrics"
    COMMENTS = "the reader of suppressions"


class Entry(NamedTuple):
    """A line of the catalog."""

    code: str
    slug: str
    finder: Finder


_CODES: dict[Finder, tuple[tuple[str, str], ...]] = {
    Finder.READER: (
        ("MC001", "not-utf8"),
        ("MC002", "not-yaml"),
        ("MC003", "duplicate-key"),
        ("MC004", "alias"),
        ("MC005", "merge-key"),
        ("MC006", "tag"),
        ("MC007", "several-documents"),
        ("MC008", "too-deep"),
        ("MC009", "too-large"),
        ("MC010", "control-character"),
        ("MC011", "bidi-character"),
        ("MC012", "ambiguous-scalar"),
        ("MC013", "key-not-text"),
        ("MC014", "tab-indentation"),
    ),
    Finder.SCHEMA: (
        ("MC101", "unknown-key"),
        ("MC102", "missing-key"),
        ("MC103", "wrong-type"),
        ("MC104", "empty-value"),
        ("MC105", "bad-id"),
        ("MC106", "bad-version"),
        ("MC107", "bad-language"),
        ("MC108", "bad-url"),
        ("MC109", "bad-duration"),
        ("MC110", "bad-percentage"),
        ("MC111", "bad-format"),
        ("MC112", "out-of-range"),
        ("MC113", "bad-path"),
        ("MC114", "unknown-source"),
        ("MC115", "unknown-decimal-mark"),
        ("MC116", "unknown-award-rule"),
        ("MC117", "unknown-disclosure"),
        ("MC118", "unknown-policy"),
        ("MC120", "bad-element"),
        ("MC203", "unknown-method"),
    ),
    Finder.CHECK: (
        ("MC201", "unknown-level"),
        ("MC202", "unknown-subcompetency"),
        ("MC204", "duplicate-id"),
        ("MC205", "unreachable-award"),
        ("MC206", "unused-subcompetency"),
        ("MC207", "repeated-evidence"),
        ("MC208", "missing-image"),
        ("MC210", "unreachable-evidence"),
        ("MC211", "held-itself"),
        ("MC301", "levels-not-ascending"),
        ("MC302", "cuts-not-ascending"),
        ("MC303", "parameter-out-of-range"),
        ("MC304", "weight-without-effect"),
        ("MC305", "shown-at-lowest"),
        ("MC306", "not-in-canvas"),
        ("MC307", "grade-without-effect"),
        ("MC502", "unsafe-image"),
        ("MC503", "bad-image"),
    ),
    Finder.ADVICE: (
        ("MC015", "invisible-character"),
        ("MC016", "hash-in-text"),
        ("MC213", "part-without-effect"),
        ("MC308", "cuts-below-shown"),
        ("MC309", "cut-without-effect"),
        ("MC310", "late-without-effect"),
        ("MC311", "too-few-items"),
        ("MC312", "too-many-levels"),
        ("MC401", "missing-descriptor"),
        ("MC402", "no-descriptors"),
        ("MC403", "same-descriptor"),
        ("MC404", "difference-of-degree"),
        ("MC405", "vague-word"),
        ("MC406", "unobservable-verb"),
        ("MC407", "two-things"),
        ("MC408", "placeholder-text"),
        ("MC409", "overlong-descriptor"),
        ("MC410", "same-title"),
        ("MC411", "descriptor-repeats-title"),
        ("MC412", "doubled-word"),
        ("MC413", "copied-descriptors"),
        ("MC501", "missing-description"),
        ("MC504", "image-not-square"),
        ("MC505", "missing-alignment"),
        ("MC506", "alignment-address"),
        ("MC507", "repeated-alignment"),
        ("MC508", "long-badge-name"),
        ("MC509", "short-expiry"),
        ("MC510", "repeated-tag"),
        ("MC511", "european-elements"),
    ),
    Finder.PROJECT: (
        ("MC119", "unknown-rule"),
        ("MC214", "missing-rubrics"),
        ("MC215", "unmatched-path"),
        ("MC216", "ignored-error"),
    ),
    Finder.COMPARISON: (
        ("MC209", "conflicting-version"),
        ("MC212", "held-in-a-circle"),
    ),
    Finder.COMMENTS: (
        ("MC901", "unknown-suppression"),
        ("MC902", "unused-suppression"),
        ("MC903", "suppression-without-reason"),
    ),
}

ALIASES: dict[str, str] = {}
"""Slugs that rules had in earlier releases, so that comments and commands that use them still work."""

CATALOG: tuple[Entry, ...] = tuple(
    sorted(
        (Entry(code, slug, finder) for finder, names in _CODES.items() for code, slug in names),
        key=lambda entry: entry.code,
    )
)


_ENTRIES = {entry.slug: entry for entry in CATALOG} | {entry.code: entry for entry in CATALOG}


def find_entry(name: str) -> Entry | None:
    """Return the entry of a code (in any case), a slug or a former slug; None when there is none."""
    return _ENTRIES.get(ALIASES.get(name, name)) or _ENTRIES.get(name.upper())


def expand_name(name: str) -> frozenset[str]:
    """Return the codes of a code, the beginning of one, or a slug; none where there is no such rule."""
    entry = find_entry(name)
    if entry is not None:
        return frozenset({entry.code})
    return frozenset(each.code for each in CATALOG if name and each.code.startswith(name.upper()))


def advise_rule(name: str) -> str:
    """Return a line of help for a name that no rule has."""
    return advise_name(name, list_names())


def list_names() -> list[str]:
    """Return every slug and code, slugs first, for suggestions."""
    return [entry.slug for entry in CATALOG] + [entry.code for entry in CATALOG]


def list_advice() -> frozenset[str]:
    """Return the slugs of the rules that never find an error."""
    return frozenset(entry.slug for entry in CATALOG if entry.finder is Finder.ADVICE)


def list_checks() -> frozenset[str]:
    """Return the slugs of the rules that can only look at a file whose structure is sound."""
    finders = {Finder.CHECK, Finder.ADVICE, Finder.PROJECT, Finder.COMPARISON}
    return frozenset(entry.slug for entry in CATALOG if entry.finder in finders)


@cache
def load_rule(slug: str) -> Rule:
    """Return the rule of that slug, which is in the catalog."""
    rule: Rule = _load_module(slug).RULE
    return rule


def load_documentation(slug: str) -> str:
    """Return the pages a rule's module begins with."""
    documentation: str = _load_module(slug).__doc__
    return documentation.strip()


@cache
def load_checks() -> tuple[Check, ...]:
    """Return the checks of all rules that look at one rubric and may find an error in it."""
    return tuple(_load_module(entry.slug).check for entry in CATALOG if entry.finder is Finder.CHECK)


@cache
def load_advice() -> tuple[Check, ...]:
    """Return the checks of all rules that look at one rubric and never find an error."""
    return tuple(_load_module(entry.slug).check for entry in CATALOG if entry.finder is Finder.ADVICE)


@cache
def load_project_checks() -> tuple[ProjectCheck, ...]:
    """Return the checks of all rules that look at the project file."""
    return tuple(_load_module(entry.slug).check for entry in CATALOG if entry.finder is Finder.PROJECT)


@cache
def load_comparisons() -> tuple[Comparison, ...]:
    """Return the comparisons of all rules that look at several rubrics together."""
    return tuple(_load_module(entry.slug).compare for entry in CATALOG if entry.finder is Finder.COMPARISON)


def _load_module(slug: str) -> Any:
    return import_module(f"microcred_cli.linting.rules.{slug.replace('-', '_')}")
