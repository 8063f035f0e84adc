"""Each name may be given, and each part of an award asked for, only once.

## What it is

Two levels, two sub-competencies, or two criteria of one sub-competency have the same id. Or a list of the
award names the same sub-competency, or the badge of the same rubric, twice.

## Why it matters

When two things share a name, the rest of the file, the reports and the badges cannot tell which of them
is meant. And a sub-competency that stands twice in `{at_least: 2, of: [...]}` would count twice, so that a
learner could earn the badge with one thing instead of two.

## A bad example

    levels:
      - {id: proficient, title: Proficient, points: 2}
      - {id: proficient, title: Exemplary, points: 3}

## A good example

    levels:
      - {id: proficient, title: Proficient, points: 2}
      - {id: exemplary, title: Exemplary, points: 3}
"""

from collections.abc import Iterable, Iterator

from microcred_cli.linting.award_lists import read_award_lists
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Route, Severity
from microcred_cli.model.fix import Fix
from microcred_cli.texts.nodes import Document, Scalar

RULE = Rule("MC204", "duplicate-id", Severity.ERROR, "Each id may be given only once.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for the second and every further use of an id."""
    rubric = subject.rubric
    yield from _compare(subject, "level", ("levels",), (level.id for level in rubric.levels))
    ids = (each.id for each in rubric.subcompetencies)
    yield from _compare(subject, "sub-competency", ("subcompetencies",), ids)
    for number, each in enumerate(rubric.subcompetencies):
        route: Route = ("subcompetencies", number, "criteria")
        yield from _compare(subject, "criterion", route, (criterion.id for criterion in each.criteria))
    for award_list in read_award_lists(subject.document):
        # Where a number is asked for, one thing less changes how much of the list that is.
        document = subject.document if award_list.needed is None else None
        yield from _compare_names(award_list.names, "", document)
        yield from _compare_names(award_list.badges, "the badge of ", document)


def _compare_names(names: Iterable[Scalar], noun: str, document: Document | None) -> Iterator[Finding]:
    """Yield a finding for every name in a list of the award that stood in it before."""
    seen: set[str] = set()
    for name in names:
        if name.text in seen:
            message = f"{noun}`{name.text}` stands in this list of the award already"
            fix = None if document is None else _delete(document, name)
            yield Finding(RULE.slug, message, name.span, "delete one of the two", fix)
        seen.add(name.text)


def _delete(document: Document, name: Scalar) -> Fix | None:
    # Hardly any file needs these.
    from microcred_cli.texts.yaml_deletions import delete_item_at  # noqa: PLC0415 - see above
    from microcred_cli.texts.yaml_fixes import delete  # noqa: PLC0415 - see above

    return delete("the second", delete_item_at(document, name.start), safe=True)


def _compare(subject: Subject, noun: str, route: Route, ids: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for every id in a list that stood in it before."""
    seen: set[str] = set()
    for place, each in enumerate(ids):
        if each in seen:
            message = f"there is a {noun} `{each}` already"
            yield Finding(
                RULE.slug, message, subject.value(*route, place, "id"), "give one of the two another id"
            )
        seen.add(each)
