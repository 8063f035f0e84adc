"""Every level that is spoken of has to be one of the rubric's levels.

## What it is

`shown_at`, the keys under `cuts` and `descriptors`, the values under `grades` and `late: {at_most: ...}` name
levels by their ids. This rule finds an id that is not in the list `levels`.

## Why it matters

A cut for a level that does not exist is never reached, and a descriptor for it is never printed: the
learner gets a lower level than you meant, or no explanation. Mostly it is a typing error, or a level that
was renamed in one place only.

## A bad example

    levels:
      - {id: developing, title: Developing, points: 1}
      - {id: proficient, title: Proficient, points: 2}
    shown_at: profficient

## A good example

    levels:
      - {id: developing, title: Developing, points: 1}
      - {id: proficient, title: Proficient, points: 2}
    shown_at: proficient
"""

from collections.abc import Collection, Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Route, Severity
from microcred_cli.model.place import Span
from microcred_cli.model.rubric import SubCompetency
from microcred_cli.texts.suggest import advise_name

RULE = Rule("MC201", "unknown-level", Severity.ERROR, "A level that is spoken of must be in `levels`.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every level id that no level has."""
    known = dict.fromkeys(level.id for level in subject.rubric.levels)
    shown_at = subject.rubric.shown_at
    if shown_at not in known:
        yield _describe(subject, shown_at, subject.value("shown_at"), known)
    for number, each in enumerate(subject.rubric.subcompetencies):
        for route, names in _list_keys(number, each):
            for name in names:
                if name not in known:
                    yield _describe(subject, name, subject.key(*route, name), known, names)
        for route, name in _list_values(number, each):
            if name not in known:
                yield _describe(subject, name, subject.value(*route), known)


def _describe(
    subject: Subject, name: str, span: Span, known: Collection[str], beside: Collection[str] = ()
) -> Finding:
    """Return the finding; what is written for the name must not stand beside it already."""
    from microcred_cli.texts.yaml_fixes import rename  # noqa: PLC0415 - most runs have nothing to mend

    message = f"there is no level `{name}`"
    fix = rename(subject.document, span, name, known, beside)
    return Finding(RULE.slug, message, span, advise_name(name, known), fix)


def _list_keys(number: int, subcompetency: SubCompetency) -> Iterator[tuple[Route, Collection[str]]]:
    """Yield the mappings of a sub-competency whose keys are levels, with where they stand."""
    at: Route = ("subcompetencies", number)
    for place, criterion in enumerate(subcompetency.criteria):
        yield (*at, "criteria", place, "descriptors"), criterion.descriptors
    for place, item in enumerate(subcompetency.evidence):
        yield (*at, "evidence", place, "cuts"), item.cuts


def _list_values(number: int, subcompetency: SubCompetency) -> Iterator[tuple[Route, str]]:
    """Yield the values in a sub-competency that are levels, with where they stand."""
    at: Route = ("subcompetencies", number)
    for place, item in enumerate(subcompetency.evidence):
        for word, level in item.grades.items():
            yield (*at, "evidence", place, "grades", word), level
    at_most = subcompetency.decide.late.at_most
    if at_most is not None:
        yield (*at, "decide", "late", "at_most"), at_most
