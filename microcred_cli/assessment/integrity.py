"""Whether the tables of an assessment belong together."""

import re

from microcred_cli.assessment.manifest import SKIP_INVALID
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Award, Held, Shown, list_leaves
from microcred_cli.model.gradebook import CellState
from microcred_cli.model.results import BY_METHOD, SetAside
from microcred_cli.model.rubric import Rubric

_STATES = {*map(str, CellState), *map(str, SetAside)} - {str(CellState.SCORE)}
_DIGEST = re.compile(r"[0-9a-f]{32}", re.ASCII)
_CONVERSIONS = {"points", "share", "cuts", "word"}


def is_whole(assessment: Assessment) -> bool:
    """Return whether every learner has one decision for each goal and one award for each rubric.

    And whether whatever the tables name (learners, sub-competencies, levels, items) exists. It says nothing
    of whether the decisions are right.
    """
    rubrics = {rubric.id: rubric for rubric in assessment.rubrics}
    learners = {learner.key for learner in assessment.learners}
    parts = {rubric.id: {part.id for part in rubric.subcompetencies} for rubric in assessment.rubrics}
    goals = {(key, rubric, part) for key in learners for rubric, ids in parts.items() for part in ids}
    leaves = {rubric.id: set(map(str, list_leaves(rubric.award))) for rubric in assessment.rubrics}
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
            row.award in set(Award)
            and set(row.shown) <= parts[row.rubric]
            and set(row.missing) <= leaves[row.rubric]
            for row in assessment.awards
        )
        and all((row.learner, row.rubric, row.subcompetency) in goals for row in assessment.pieces)
        and all((row.learner, row.rubric, row.subcompetency) in goals for row in assessment.gaps)
        and all(gap.state in _STATES for gap in assessment.gaps)
        and _has_evidence(assessment, rubrics)
        and _has_what_awards_ask(assessment, learners)
        and _has_overrides(assessment)
        and _has_left_out(assessment, learners)
    )


def _has_left_out(assessment: Assessment, learners: set[str]) -> bool:
    """Return whether those left out are not decided on, and it was asked for to leave anybody out."""
    left_out = set(assessment.learners_left_out)
    waiting = [(row.learner, (row.rubric, row.subcompetency)) for row in assessment.waiting]
    parts = {(rubric.id, part.id) for rubric in assessment.rubrics for part in rubric.subcompetencies}
    return (
        (not left_out or SKIP_INVALID in assessment.manifest.options)
        and left_out.isdisjoint(learners)
        and len(set(assessment.left_out)) == len(assessment.left_out)
        and len(set(waiting)) == len(waiting)
        and all(learner in left_out and part in parts for learner, part in waiting)
        and all(row.evidence is None or _DIGEST.fullmatch(row.evidence) for row in assessment.waiting)
    )


def _has_what_awards_ask(assessment: Assessment, learners: set[str]) -> bool:
    """Return whether each decision by one source that an award asks for is there, and no badge too many."""
    leaves = [(rubric.id, leaf) for rubric in assessment.rubrics for leaf in list_leaves(rubric.award)]
    asked = {
        (learner, rubric, leaf.subcompetency, leaf.source)
        for rubric, leaf in leaves
        if isinstance(leaf, Shown) and leaf.source is not None
        for learner in learners
    }
    given = [(row.learner, row.rubric, row.subcompetency, row.source) for row in assessment.by_source]
    badges = {leaf.rubric for _, leaf in leaves if isinstance(leaf, Held)}
    return (
        len(given) == len(asked)
        and set(given) == asked
        and len(set(assessment.held)) == len(assessment.held)
        and all(row.learner in learners and row.rubric in badges for row in assessment.held)
    )


def _has_overrides(assessment: Assessment) -> bool:
    """Return whether what a person decided stands in the decisions, and nobody else did."""
    by_person = {
        (row.learner, row.rubric, row.subcompetency, row.decision, row.decided_by)
        for row in assessment.decisions
        if row.decided_by != BY_METHOD
    }
    overruled = [
        (row.learner, row.rubric, row.subcompetency, row.decision, row.by) for row in assessment.overruled
    ]
    return (
        len(overruled) == len(by_person)
        and set(overruled) == by_person
        and all(_DIGEST.fullmatch(row.evidence) for row in assessment.overruled)
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
