"""Rubrics and gradebooks to decisions, through the engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from microcred_cli.assessment.matching import Locate, collect_cells, match_evidence, name_goals
from microcred_cli.assessment.query import DECISIONS, PIECES, TIES, compose_queries
from microcred_cli.assessment.results import (
    build_awards,
    build_decisions,
    build_gaps,
    build_pieces,
    describe_ties,
    index_rows,
)
from microcred_cli.assessment.tables import build_tables
from microcred_cli.engines.duckdb_engine import Result, run_queries
from microcred_cli.model.gradebook import Gradebook, Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.table import Query, Table
from microcred_cli.texts.names import sort_name

Engine = Callable[[Sequence[Table], Sequence[Query]], Mapping[str, Result]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, or the problems for which nothing was."""

    learners: tuple[Learner, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    awards: tuple[AwardRow, ...] = ()
    pieces: tuple[Piece, ...] = ()
    gaps: tuple[Gap, ...] = ()
    problems: tuple[Problem, ...] = ()


def decide_cohort(
    rubrics: Sequence[Rubric],
    gradebooks: Sequence[Gradebook],
    locate: Locate,
    engine: Engine = run_queries,
) -> Outcome:
    """Decide every sub-competency of every rubric for every learner of the gradebooks.

    All or nothing: with a problem anywhere (in a gradebook, between rubric and gradebook, or a tie under a
    method that needs an order) there are no decisions. The learners are sorted by name and key, so that the
    order of the rows of a file never matters.
    """
    found = [problem for gradebook in gradebooks for problem in gradebook.problems]
    if any(not gradebook.items for gradebook in gradebooks):
        # A file that could not be read lacks every item; to say so of each would blame the rubric.
        return Outcome(problems=tuple(found))
    goals = name_goals(rubrics)
    matches, absent = match_evidence(rubrics, gradebooks, locate)
    cells, unusable = collect_cells(matches, gradebooks)
    problems = (*found, *absent, *unusable)
    if problems:
        return Outcome(problems=problems)
    learners = _merge_learners(gradebooks)
    queries = compose_queries(
        (goal.subcompetency.decide.by for goal in goals),
        (rubric.precision for rubric in rubrics),
        cuts=any(match.evidence.cuts for match in matches),
    )
    results = engine(build_tables(goals, matches, cells, learners), queries)
    if TIES in results and results[TIES].rows:
        return Outcome(problems=describe_ties(results[TIES].rows, goals, cells))
    decisions = build_decisions(results[DECISIONS].rows, goals, learners)
    pieces = build_pieces(index_rows(results[PIECES].rows, results[PIECES].columns), goals, cells)
    return Outcome(
        learners,
        decisions,
        build_awards(decisions, rubrics, learners),
        pieces,
        build_gaps(matches, cells, pieces, learners),
    )


def _merge_learners(gradebooks: Sequence[Gradebook]) -> tuple[Learner, ...]:
    """Return the learners of all files, each once, with the first name and e-mail given."""
    merged: dict[str, Learner] = {}
    for gradebook in gradebooks:
        for learner in gradebook.learners:
            known = merged.get(learner.key, learner)
            merged[learner.key] = Learner(
                learner.key, known.name or learner.name, known.email or learner.email
            )

    def order(learner: Learner) -> tuple[str, str]:
        return sort_name(learner.name or learner.key), learner.key

    return tuple(sorted(merged.values(), key=order))
