"""Why a decision or an award is another one now."""

from collections.abc import Iterator, Sequence

from microcred_cli.assessment.evidence_changes import Evidence, collect_evidence, compare_evidence
from microcred_cli.assessment.rubric_changes import NONE, depends_on_order
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Award, Held, Leaf, Shown, list_leaves
from microcred_cli.model.comparison import Aspect, Reason, ReasonKind, RubricChange
from microcred_cli.model.decision import Decision
from microcred_cli.model.method import Method
from microcred_cli.model.override import Overruled, restore_method
from microcred_cli.model.results import BY_METHOD, DecisionRow, Gap, Piece

Goal = tuple[str, str, str]
"""A learner's key, the id of a rubric and that of a sub-competency."""

_SIFTED = frozenset(
    {
        ReasonKind.SET_ASIDE,
        ReasonKind.COUNTED,
        ReasonKind.CONVERSION,
        ReasonKind.EVIDENCE_ADDED,
        ReasonKind.EVIDENCE_REMOVED,
    }
)
_BY_DAY = frozenset({ReasonKind.SET_ASIDE, ReasonKind.COUNTED})


class Side:
    """One of two assessments, with its rows by what they are about."""

    def __init__(self, assessment: Assessment) -> None:
        self.manifest = assessment.manifest
        self.left_out = assessment.learners_left_out
        self.rubrics = {rubric.id: rubric for rubric in assessment.rubrics}
        self.learners = {learner.key: place for place, learner in enumerate(assessment.learners)}
        self.decisions = {(row.learner, row.rubric, row.subcompetency): row for row in assessment.decisions}
        self.awards = {(row.learner, row.rubric): row for row in assessment.awards}
        self.overruled = {(row.learner, row.rubric, row.subcompetency): row for row in assessment.overruled}
        self._held = {(badge.learner, badge.rubric) for badge in assessment.held}
        self._by_source = {
            (row.learner, row.rubric, row.subcompetency, row.source): row.decision
            for row in assessment.by_source
        }
        self._pieces: dict[Goal, list[Piece]] = {}
        for piece in assessment.pieces:
            self._pieces.setdefault((piece.learner, piece.rubric, piece.subcompetency), []).append(piece)
        self._gaps: dict[Goal, list[Gap]] = {}
        for gap in assessment.gaps:
            self._gaps.setdefault((gap.learner, gap.rubric, gap.subcompetency), []).append(gap)

    def collect(self, goal: Goal) -> Evidence:
        """Return the evidence of a goal that this side has."""
        part = self.rubrics[goal[1]].subcompetency(goal[2])
        items = [evidence.item for evidence in part.evidence]
        return collect_evidence(self._pieces.get(goal, ()), self._gaps.get(goal, ()), items)

    def restore(self, goal: Goal) -> DecisionRow:
        """Return what the method says of a goal, also where a person decided otherwise."""
        return restore_method(self.decisions[goal], self.overruled.get(goal))

    def describe(self, learner: str, rubric: str, leaf: Leaf) -> str:
        """Return what a part of an award's rule has come to: a decision, or how it stands with a badge."""
        if isinstance(leaf, Held):
            award = self.awards.get((learner, leaf.rubric))
            if (learner, leaf.rubric) in self._held or (award is not None and award.award == Award.EARNED):
                return "held"
            return "not held" if award is None else award.award
        row = self.decisions.get((learner, rubric, leaf.subcompetency))
        if row is None:
            return NONE
        if leaf.source is None or row.counts_for_every_source:
            return row.decision
        return self._by_source.get((learner, rubric, leaf.subcompetency, leaf.source), NONE)


def explain_change(before: Side, after: Side, goal: Goal, rubric: RubricChange) -> tuple[Reason, ...]:
    """Return why a decision, its level or its score is another one."""
    old, new = before.overruled.get(goal), after.overruled.get(goal)
    if overruled := _compare_overrides(old, new):
        # Beside what a person decided, the evidence did not matter on one side at least.
        return (overruled,)
    return _explain_rows(before, after, goal, rubric, (before.decisions[goal], after.decisions[goal]))


def explain_overruled_change(
    before: Side, after: Side, goal: Goal, rubric: RubricChange
) -> tuple[Reason, ...]:
    """Return what a person decided instead of the method, and why the method's decision is another one."""
    override = after.overruled[goal]
    stands = _compare_overrides(before.overruled.get(goal), override) or Reason(
        ReasonKind.OVERRIDE, _write_override(override)
    )
    rows = before.restore(goal), after.restore(goal)
    return stands, *_explain_rows(before, after, goal, rubric, rows)


def _explain_rows(
    before: Side, after: Side, goal: Goal, rubric: RubricChange, rows: tuple[DecisionRow, DecisionRow]
) -> tuple[Reason, ...]:
    evidence = tuple(compare_evidence(before.collect(goal), after.collect(goal)))
    reasons = (
        *evidence,
        *_choose_rules(rubric, rows, evidence, (before, after)),
        *_compare_days(before, after, evidence),
    )
    return reasons or (_tell_unexplained(before, after),)


def _compare_overrides(before: Overruled | None, after: Overruled | None) -> Reason | None:
    if before is None:
        return None if after is None else Reason(ReasonKind.OVERRIDE, f"now {_write_override(after)}")
    if after is None:
        return Reason(ReasonKind.OVERRIDE, f"no longer {_write_override(before)}")
    old, new = _write_override(before), _write_override(after)
    return None if old == new else Reason(ReasonKind.OVERRIDE, f"{new}; before: {old}")


def _write_override(override: Overruled) -> str:
    return f"overruled by {override.by} ({override.at}): {override.decision}, {override.reason}"


def _choose_rules(
    rubric: RubricChange,
    rows: tuple[DecisionRow, DecisionRow],
    evidence: Sequence[Reason],
    sides: tuple[Side, Side],
) -> Iterator[Reason]:
    """Yield what changed in the rubric, as far as it can have had a part in this one change.

    Of an evidence item that came or went, the scores say so; and an award has no part in decisions.
    """
    before, after = rows
    choices = [
        side.rubrics[row.rubric].subcompetency(row.subcompetency).decide
        for side, row in zip(sides, rows, strict=True)
    ]
    by_threshold = any(choice.by is Method.N_MASTERY for choice in choices)
    # Where a person decided, the level goes by what is asked for, not by a score.
    by_person = any(row.decided_by != BY_METHOD for row in rows)
    involved = {
        Aspect.LEVELS: True,
        Aspect.METHOD: True,
        Aspect.WEIGHT: True,
        Aspect.THRESHOLD: before.decision is not after.decision or by_threshold or by_person,
        Aspect.PRECISION: before.score != after.score,
        Aspect.NEEDS: any(row.decision is Decision.INSUFFICIENT_EVIDENCE for row in rows),
        Aspect.POLICY: any(reason.kind in _SIFTED for reason in evidence),
        Aspect.ORDER: depends_on_order(*choices),
    }
    converted = {reason.item for reason in evidence if reason.kind is ReasonKind.CONVERSION}
    for rule in rubric.rules:
        if rule.subcompetency not in {None, after.subcompetency}:
            continue
        if involved.get(rule.aspect, rule.aspect is Aspect.CONVERSION and rule.item in converted):
            yield Reason(ReasonKind.RUBRIC, rule.text, item=rule.item)


def _compare_days(before: Side, after: Side, evidence: Sequence[Reason]) -> Iterator[Reason]:
    old, new = (side.manifest.options.get("as_of") for side in (before, after))
    if old is not None and new is not None and old != new and any(each.kind in _BY_DAY for each in evidence):
        yield Reason(ReasonKind.DAY, f"`within` counts back from another day: {old} → {new}")


def _tell_unexplained(before: Side, after: Side) -> Reason:
    old, new = before.manifest.tool_version, after.manifest.tool_version
    if old != new:
        return Reason(ReasonKind.TOOL, f"decided by microcred {old} → {new}; nothing else differs")
    return Reason(ReasonKind.UNKNOWN, "evidence and rubric are the same: a table may have been edited")


def explain_award(before: Side, after: Side, learner: str, rubric: RubricChange) -> tuple[Reason, ...]:
    """Return why an award is another one: decisions, badges held, and its rule."""
    rules = [side.rubrics[rubric.id].award for side in (before, after)]
    reasons = []
    for leaf in dict.fromkeys(leaf for rule in rules for leaf in list_leaves(rule)):
        old, new = (side.describe(learner, rubric.id, leaf) for side in (before, after))
        if old != new:
            kind = ReasonKind.DECISION if isinstance(leaf, Shown) else ReasonKind.BADGE
            reasons.append(Reason(kind, f"{leaf}: {old} → {new}"))
    reasons += [Reason(ReasonKind.RUBRIC, rule.text) for rule in rubric.rules if rule.aspect is Aspect.AWARD]
    return tuple(reasons) or (_tell_unexplained(before, after),)
