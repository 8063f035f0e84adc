"""Two rubrics with the same id and version must say the same.

## What it is

Two of the files that are linted together have the same `id` and the same `version`, but their contents
differ.

## Why it matters

A badge tells an employer which rubric it was earned by: its id and its version. If two different rubrics
answer to that, nobody can say what was asked of the learner.

## A bad example

    # teamwork.yaml              # teamwork-copy.yaml
    id: teamwork                 id: teamwork
    version: 1.0.0               version: 1.0.0
    shown_at: proficient         shown_at: developing

## A good example

    # teamwork.yaml              # teamwork-next.yaml
    id: teamwork                 id: teamwork
    version: 1.0.0               version: 2.0.0
    shown_at: proficient         shown_at: developing
"""

from collections.abc import Iterator, Sequence

from microcred_cli.linting.record import LintedFile
from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule(
    "MC209",
    "conflicting-version",
    Severity.ERROR,
    "Rubrics with the same id and version must say the same.",
)


def compare(files: Sequence[LintedFile]) -> Iterator[tuple[int, Finding]]:
    """Yield, with the place of its file, a finding for every rubric that another one contradicts."""
    for places in _group(files):
        first = files[places[0]].rubric
        different = [place for place in places if files[place].rubric != first]
        for place in places if different else ():
            other = different[0] if files[place].rubric == first else places[0]
            yield place, _describe(files[place], files[other].name)


def _group(files: Sequence[LintedFile]) -> Iterator[list[int]]:
    """Yield the places of the files that share id and version."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, file in enumerate(files):
        if file.rubric is not None:
            groups.setdefault((file.rubric.id, file.rubric.version), []).append(place)
    yield from groups.values()


def _describe(file: LintedFile, other: str) -> Finding:
    message = f"`{shorten(other)}` has the same id and version, but says something else"
    advice = "raise the version of the newer one, or give one of them another id"
    return Finding(RULE.slug, message, file.document.span(("version",)), advice)
