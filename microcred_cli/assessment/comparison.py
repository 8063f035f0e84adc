"""Two assessments to what differs between them: changed decisions and awards, with their reasons."""

from collections.abc import Iterator, Mapping

from microcred_cli.assessment.change_reasons import (
    Side,
    explain_award,
    explain_change,
    explain_overruled_change,
)
from microcred_cli.assessment.rubric_changes import compare_rubrics
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.comparison import (
    AwardChange,
    ChangeKind,
    Comparison,
    DecisionChange,
    OneSided,
    OverruledChange,
    RubricChange,
)
from microcred_cli.model.results import DecisionRow


def compare_assessments(before: Assessment, after: Assessment) -> Comparison:
    """Return whose decisions and awards change from one assessment to another, and why.

    Learners are the same by key, rubrics and sub-competencies by id. What only one side has is told apart,
    and has no changes.
    """
    old, new = Side(before), Side(after)
    rubrics = {
        rubric.id: compare_rubrics(old.rubrics[rubric.id], rubric)
        for rubric in after.rubrics
        if rubric.id in old.rubrics
    }
    only_before, only_after = _list_one_sided(old, new), _list_one_sided(new, old)
    return Comparison(
        learners=len(old.learners.keys() & new.learners.keys()),
        decisions=sum(goal in old.decisions for goal in new.decisions),
        awards=sum(goal in old.awards and goal[1] in rubrics for goal in new.awards),
        changes=_compare_decisions(old, new, rubrics),
        award_changes=_compare_awards(old, new, rubrics),
        rubrics=tuple(rubrics.values()),
        overruled=tuple(_compare_overruled(old, new, rubrics)),
        only_before=only_before,
        only_after=only_after,
    )


def _compare_decisions(
    before: Side, after: Side, rubrics: Mapping[str, RubricChange]
) -> tuple[DecisionChange, ...]:
    changes = []
    for goal, row in after.decisions.items():
        old = before.decisions.get(goal)
        kind = None if old is None else _find_kind(old, row)
        if old is not None and kind is not None:
            reasons = explain_change(before, after, goal, rubrics[row.rubric])
            changes.append(DecisionChange(kind, old, row, reasons))
    order = list(ChangeKind)
    return tuple(sorted(changes, key=lambda change: order.index(change.kind)))


def _find_kind(before: DecisionRow, after: DecisionRow) -> ChangeKind | None:
    """Return the most that differs between two rows of one learner and sub-competency."""
    if before.decision is not after.decision:
        return ChangeKind.DECISION
    if before.level != after.level:
        return ChangeKind.LEVEL
    return ChangeKind.SCORE if before.score != after.score else None


def _compare_overruled(
    before: Side, after: Side, rubrics: Mapping[str, RubricChange]
) -> Iterator[OverruledChange]:
    """Yield where the method's decision changes, and nobody sees it because a person's is what counts."""
    for goal in after.overruled:
        old, new = before.decisions.get(goal), after.decisions.get(goal)
        if old is None or new is None or old.decision is not new.decision:
            continue
        methods = before.restore(goal), after.restore(goal)
        if methods[0].decision is not methods[1].decision:
            reasons = explain_overruled_change(before, after, goal, rubrics[new.rubric])
            yield OverruledChange(new, *methods, reasons)


def _compare_awards(
    before: Side, after: Side, rubrics: Mapping[str, RubricChange]
) -> tuple[AwardChange, ...]:
    return tuple(
        AwardChange(old, row, explain_award(before, after, row.learner, rubrics[row.rubric]))
        for goal, row in after.awards.items()
        if (old := before.awards.get(goal)) is not None and old.award != row.award
    )


def _list_one_sided(side: Side, other: Side) -> OneSided:
    """Return what one side has and the other lacks; of a rubric that is lacking, no sub-competencies.

    Whom the other side left out it does not lack.
    """
    known = {*other.learners, *other.left_out}
    return OneSided(
        tuple(key for key in side.learners if key not in known),
        tuple(name for name in side.rubrics if name not in other.rubrics),
        tuple(
            (rubric.id, part.id)
            for rubric in side.rubrics.values()
            if rubric.id in other.rubrics
            for part in rubric.subcompetencies
            if part.id not in {each.id for each in other.rubrics[rubric.id].subcompetencies}
        ),
        side.left_out,
    )


def describe_row(row: DecisionRow) -> str:
    """Return the decision with level and score, as far as it has them."""
    numbers = [str(each) for each in (row.level, row.score) if each is not None]
    return f"{row.decision} ({', '.join(numbers)})" if numbers else str(row.decision)
