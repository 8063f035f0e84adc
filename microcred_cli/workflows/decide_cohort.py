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
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.table import Query, Table
from microcred_cli.texts.names import fold_name, sort_name

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
    learners, twins = _merge_learners(gradebooks)
    problems = (*found, *twins, *absent, *unusable)
    if problems:
        return Outcome(problems=problems)
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


def _merge_learners(gradebooks: Sequence[Gradebook]) -> tuple[tuple[Learner, ...], list[Problem]]:
    """Return the learners of all files, each once, and a problem for keys that only look different."""
    merged: dict[str, Learner] = {}
    spelled: dict[str, tuple[str, str]] = {}
    problems = []
    for gradebook in gradebooks:
        for learner in gradebook.learners:
            first, file = spelled.setdefault(fold_name(learner.key), (learner.key, gradebook.file))
            if first != learner.key:
                message = f"this learner's key differs from the one in {file} only in case or spaces"
                place = Place(gradebook.file, learner.row)
                advice = "write it the same way in all files"
                problems.append(Problem(message, place, advice, content=learner.key))
                continue
            known = merged.get(learner.key, learner)
            merged[learner.key] = Learner(
                learner.key, known.name or learner.name, known.email or learner.email
            )

    def order(learner: Learner) -> tuple[str, str]:
        return sort_name(learner.name or learner.key), learner.key

    return tuple(sorted(merged.values(), key=order)), problems
