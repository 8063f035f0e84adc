"""A criterion that describes its levels describes all that matter.

## What it is

A criterion has descriptors for some levels and none for others. Nothing is found where only the level to
reach is described, or of two levels only the upper one: a single description of what is wanted is good
practice. And a level that no criterion of the rubric describes was left out on purpose (one between two
others, or "not handed in"), unless it is the one to reach.

## Why it matters

Markers have nothing to hold the work against, and learners who reach that level read nothing about it in
their report.

## A bad example

    descriptors:
      beginning: Waits for a turn to speak.
      proficient: Sums up another's point before answering it.

## A good example

    descriptors:
      beginning: Waits for a turn to speak.
      developing: Repeats what was said when asked to.
      proficient: Sums up another's point before answering it.
"""

from collections.abc import Iterator

from microcred_cli.linting.level_names import join_names
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import CriterionWording, read_wording
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.rubric import Rubric

RULE = Rule("MC401", "missing-descriptor", Severity.WARNING, "All levels of a criterion should be described.")

_TWO = 2


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every criterion that leaves out levels it should describe."""
    rubric = subject.rubric
    count = len(rubric.levels)
    described = [each for each in read_wording(subject).list_criteria() if each.descriptors]
    gaps = [each for each in described if len(each.descriptors) < count]
    if not gaps:
        return
    expected = _choose_levels(rubric, described)
    for criterion in gaps:
        missing = [level for level in expected if level not in criterion.descriptors]
        if missing and criterion.key is not None and not _is_single(criterion, rubric):
            look = "looks" if len(missing) == 1 else "look"
            message = f"nothing says what {join_names(missing)} {look} like"
            yield Finding(
                RULE.slug, message, criterion.key.span, "describe it, or describe only the level to reach"
            )


def _choose_levels(rubric: Rubric, described: list[CriterionWording]) -> list[str]:
    """Return the levels that every criterion should describe, lowest first."""
    if (
        len(described) == 1
    ):  # nothing to compare it with: there is only nothing to see where there are no points
        first, *others = rubric.levels
        return [level.id for level in ([first, *others] if first.points else others)]
    somewhere = {rubric.shown_at}.union(*(each.descriptors for each in described))
    return [level.id for level in rubric.levels if level.id in somewhere]


def _is_single(criterion: CriterionWording, rubric: Rubric) -> bool:
    """Return whether only what is wanted is described."""
    if len(criterion.descriptors) > 1:
        return False
    upper = rubric.levels[-1].id if len(rubric.levels) == _TWO else rubric.shown_at
    return rubric.shown_at in criterion.descriptors or upper in criterion.descriptors
