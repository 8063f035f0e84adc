"""What differs between two assessments, on the terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from microcred_cli.assessment.comparison import describe_row
from microcred_cli.cli.console import print_result
from microcred_cli.cli.reason_text import write_reason
from microcred_cli.model.comparison import (
    ChangeKind,
    Comparison,
    DecisionChange,
    OneSided,
    OverruledChange,
    Reason,
    RubricChange,
)
from microcred_cli.model.number_words import count_things
from microcred_cli.texts.safe import safe

MAXIMUM_LISTED = 50
_TITLES = {
    ChangeKind.DECISION: "Decisions that change",
    ChangeKind.LEVEL: "The decision stays, the level changes",
    ChangeKind.SCORE: "Decision and level stay, the score changes",
}
_OVERRULED = "A person's decision stands, the method's decision under it changes"


def print_diff(comparison: Comparison) -> None:
    """Print what changed in the rubrics, then decisions, levels, scores and awards, then the counts.

    What a person's decision hides comes after the decisions, levels and scores.
    """
    several = len(comparison.rubrics) > 1
    for rubric in comparison.rubrics:
        _print(_write_rubric(rubric))
    for kind, title in _TITLES.items():
        changes = [change for change in comparison.changes if change.kind is kind]
        _print(_write_changes(title, changes, several=several))
    _print(_write_changes(_OVERRULED, comparison.overruled, several=several))
    _print(_write_awards(comparison))
    _print(_write_one_sided(comparison.only_before, "before"))
    _print(_write_one_sided(comparison.only_after, "after"))
    _print(_write_counts(comparison))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print_result(safe(line))


def _write_rubric(rubric: RubricChange) -> Iterator[str]:
    if rubric.before == rubric.after and not rubric.rules:
        return
    version = rubric.after if rubric.before == rubric.after else f"{rubric.before} → {rubric.after}"
    yield f"{rubric.title} {version}"
    for rule in rubric.rules:
        part = "" if rule.subcompetency is None else f"{rule.subcompetency}: "
        yield f"  {part}{rule.text}"
    if not rubric.rules:
        yield "  nothing that decisions depend on"
    yield ""


def _write_changes(
    title: str, changes: Sequence[DecisionChange | OverruledChange], *, several: bool
) -> Iterator[str]:
    if not changes:
        return
    yield f"{title}:"
    for change in changes[:MAXIMUM_LISTED]:
        row = change.after
        part = f"{row.rubric}: {row.subcompetency}" if several else row.subcompetency
        yield f"  {row.learner}  {part}: {describe_row(change.before)} → {describe_row(row)}"
        yield from _write_reasons(change.reasons)
    yield from _write_rest(len(changes))


def _write_reasons(reasons: Iterable[Reason]) -> Iterator[str]:
    for reason in reasons:
        yield from (f"      {line}" for line in write_reason(reason))


def _write_rest(count: int) -> Iterator[str]:
    if count > MAXIMUM_LISTED:
        yield f"  … and {count - MAXIMUM_LISTED} more; --format json lists all"
    yield ""


def _write_awards(comparison: Comparison) -> Iterator[str]:
    changes = comparison.award_changes
    if not changes:
        return
    yield "Awards that change:"
    for change in changes[:MAXIMUM_LISTED]:
        row = change.after
        yield f"  {row.learner}  {row.rubric}: {change.before.award} → {row.award}"
        yield from _write_reasons(change.reasons)
    yield from _write_rest(len(changes))


def _write_one_sided(one: OneSided, when: str) -> Iterator[str]:
    parts = [f"{rubric}: {part}" for rubric, part in one.subcompetencies]
    listed = (("learners", one.learners), ("rubrics", one.rubrics), ("sub-competencies", parts))
    for noun, names in listed:
        if names:
            yield f"Only {when}, so not compared, {noun}: {_join_names(names)}"
    if one.left_out:
        yield f"Left out {when}, so not compared, learners: {_join_names(one.left_out)}"


def _join_names(names: Sequence[str]) -> str:
    rest = f", … and {len(names) - MAXIMUM_LISTED} more" if len(names) > MAXIMUM_LISTED else ""
    return f"{', '.join(names[:MAXIMUM_LISTED])}{rest}"


def _write_counts(comparison: Comparison) -> Iterator[str]:
    kinds = Counter(change.kind for change in comparison.changes)
    towards = Counter(
        str(change.after.decision) for change in comparison.changes if change.kind is ChangeKind.DECISION
    )
    changed = kinds[ChangeKind.DECISION]
    split = _write_split(towards)
    yield f"{comparison.learners} learners, {comparison.decisions} decisions: {changed} changed{split}"
    if kinds[ChangeKind.LEVEL] or kinds[ChangeKind.SCORE]:
        yield f"beside them, {kinds[ChangeKind.LEVEL]} levels and {kinds[ChangeKind.SCORE]} scores"
    if overruled := len(comparison.overruled):
        yield (
            f"{count_things(overruled, 'decision')} by a person {'stands' if overruled == 1 else 'stand'}"
            " where the method's changed"
        )
    awards = Counter(change.after.award for change in comparison.award_changes)
    yield f"{comparison.awards} awards: {len(comparison.award_changes)} changed{_write_split(awards)}"


def _write_split(towards: Counter[str]) -> str:
    listed = ", ".join(f"{count} to {name}" for name, count in towards.most_common())
    return f" ({listed})" if listed else ""
