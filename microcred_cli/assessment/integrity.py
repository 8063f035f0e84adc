"""Whether the tables of an assessment belong together."""

from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Award
from microcred_cli.model.gradebook import CellState
from microcred_cli.model.results import OTHER_SOURCE
from microcred_cli.model.rubric import Rubric

_STATES = {*map(str, CellState), OTHER_SOURCE} - {str(CellState.SCORE)}
_CONVERSIONS = {"points", "share", "cuts"}


def is_whole(assessment: Assessment) -> bool:
    """Return whether every learner has one decision for each goal and one award for each rubric.

    And whether whatever the tables name (learners, sub-competencies, levels, items) exists. It says nothing
    of whether the decisions are right.
    """
    rubrics = {rubric.id: rubric for rubric in assessment.rubrics}
    learners = {learner.key for learner in assessment.learners}
    parts = {rubric.id: {part.id for part in rubric.subcompetencies} for rubric in assessment.rubrics}
    goals = {(key, rubric, part) for key in learners for rubric, ids in parts.items() for part in ids}
    decided = [(row.learner, row.rubric, row.subcompetency) for row in assessment.decisions]
    awarded = [(row.learner, row.rubric) for row in assessment.awards]
    return (
        len(learners) == len(assessment.learners)
        and len(decided) == len(goals)
        and set(decided) == goals
        and len(awarded) == len(set(awarded))
        and set(awarded) == {(key, rubric) for key in learners for rubric in rubrics}
        and _has_levels(assessment, rubrics)
        and all(
            row.award in set(Award) and {*row.shown, *row.missing} <= parts[row.rubric]
            for row in assessment.awards
        )
        and all((row.learner, row.rubric, row.subcompetency) in goals for row in assessment.pieces)
        and all((row.learner, row.rubric, row.subcompetency) in goals for row in assessment.gaps)
        and all(gap.state in _STATES for gap in assessment.gaps)
        and _has_evidence(assessment, rubrics)
    )


def _has_levels(assessment: Assessment, rubrics: dict[str, Rubric]) -> bool:
    levels = {name: {level.id for level in rubric.levels} for name, rubric in rubrics.items()}
    return all(row.level is None or row.level in levels[row.rubric] for row in assessment.decisions)


def _has_evidence(assessment: Assessment, rubrics: dict[str, Rubric]) -> bool:
    """Return whether every piece is of an evidence item, with the cuts it was cut by."""
    with_cuts: dict[tuple[str, str, str], bool] = {}
    for rubric in rubrics.values():
        for part in rubric.subcompetencies:
            for evidence in part.evidence:
                key = rubric.id, part.id, evidence.item
                with_cuts[key] = with_cuts.get(key, False) or bool(evidence.cuts)
    return all(
        piece.conversion in _CONVERSIONS
        and (key := (piece.rubric, piece.subcompetency, piece.item)) in with_cuts
        and (piece.conversion != "cuts" or with_cuts[key])
        for piece in assessment.pieces
    )
