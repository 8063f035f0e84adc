"""Awards must not ask for each other's badges.

## What it is

`{held: ...}` in an award asks for the badge of another rubric. This rule looks at all rubrics that are linted
together and finds those whose awards ask for each other's badges, straight or by way of others.

## Why it matters

None of the badges can be decided before the others. Where each is really needed, nobody can ever earn the
first of them.

## A bad example

    # teamwork.yaml                            # leadership.yaml
    id: teamwork                               id: leadership
    award: {all: [goals, {held: leadership}]}  award: {all: [leads, {held: teamwork}]}

## A good example

    # teamwork.yaml                            # leadership.yaml
    id: teamwork                               id: leadership
    award: {all: [goals]}                      award: {all: [leads, {held: teamwork}]}
"""

from collections.abc import Iterator, Mapping, Sequence

from microcred_cli.linting.award_lists import read_held
from microcred_cli.linting.record import LintedFile
from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC212", "held-in-a-circle", Severity.ERROR, "Awards must not ask for each other's badges.")

_NAMED = 3


def compare(files: Sequence[LintedFile]) -> Iterator[tuple[int, Finding]]:
    """Yield, with the place of its file, a finding for every badge that leads back to the rubric."""
    asked = _collect_asked(files)
    for place, file in enumerate(files):
        if file.rubric is None or file.rubric.id not in asked:
            continue
        seen = {file.rubric.id}
        for held in read_held(file.document):
            if held.text in seen:
                continue
            seen.add(held.text)
            way = _find_way(held.text, file.rubric.id, asked)
            if way is not None:
                message = f"the badge of `{held.text}` asks for this one in turn{_describe_way(way)}"
                yield (
                    place,
                    Finding(RULE.slug, message, held.span, "take the badge out of one of these awards"),
                )


def _collect_asked(files: Sequence[LintedFile]) -> Mapping[str, dict[str, None]]:
    """Return which badges are asked for, by the rubric that asks. Versions of a rubric have one badge."""
    asked: dict[str, dict[str, None]] = {}
    for file in files:
        if file.rubric is not None:
            held = {held.text: None for held in read_held(file.document)}
            if held:
                asked.setdefault(file.rubric.id, {}).update(held)
    return asked


def _find_way(start: str, goal: str, asked: Mapping[str, dict[str, None]]) -> list[str] | None:
    """Return the rubrics between start and goal on the shortest way there; None when there is none."""
    before: dict[str, str] = {}
    pending = [start]
    for each in pending:
        for held in asked.get(each, ()):
            if held == goal:
                way = [each]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[-2::-1]
            if held != start and held not in before:
                before[held] = each
                pending.append(held)
    return None


def _describe_way(way: Sequence[str]) -> str:
    if not way:
        return ""
    # Rubrics without a circle never need the words.
    from microcred_cli.model.award_words import join_words  # noqa: PLC0415 - see above

    names = [f"`{name}`" for name in way[:_NAMED]]
    if len(way) > _NAMED:
        names.append(f"{len(way) - _NAMED} more")
    return f", by way of {join_words(names)}"
