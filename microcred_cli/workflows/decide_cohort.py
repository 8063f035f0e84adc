"""Rubrics and gradebooks to decisions, through the engine."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from microcred_cli.assessment.awards import HeldBadges, build_awards, check_held
from microcred_cli.assessment.cells import collect_cells
from microcred_cli.assessment.features import list_features
from microcred_cli.assessment.gaps import build_gaps
from microcred_cli.assessment.joining import check_keys
from microcred_cli.assessment.leaving_out import list_common, list_left_out, list_waiting
from microcred_cli.assessment.matching import Cell, Locate, Match, match_evidence, name_goals
from microcred_cli.assessment.overrides import Overrides, apply_overrides, check_names
from microcred_cli.assessment.query.compose import ASIDE, DECISIONS, PIECES, TIES, compose_queries
from microcred_cli.assessment.ratings import settle_ratings
from microcred_cli.assessment.results import (
    Row,
    build_decisions,
    build_pieces,
    build_source_decisions,
    build_steps,
    describe_ties,
    index_rows,
)
from microcred_cli.assessment.tables import build_tables
from microcred_cli.engines.duckdb_engine import Result, run_queries
from microcred_cli.model.assessment import Assessment, Manifest
from microcred_cli.model.gradebook import Gradebook, Learner
from microcred_cli.model.override import Override, Overruled, Waiting
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import AwardRow, Badge, DecisionRow, Gap, Piece, SourceDecision, Step
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.table import Query, Table
from microcred_cli.texts.names import fold_name, sort_name

Engine = Callable[[Sequence[Table], Sequence[Query]], Mapping[str, Result]]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a decision depends on beside rubrics and gradebooks.

    ``as_of``: the day of the assessment, from which ``within`` counts back. ``held``: which badges learners
    hold; None: nothing is known of it. ``overrides``: what persons decided; ``before``: the evidence they
    were first applied to, as ``apply_overrides`` wants it. ``skip_invalid``: learners with a problem of
    their own are left out, instead of nothing being decided.
    """

    as_of: datetime | None = None
    held: HeldBadges | None = None
    overrides: Overrides = field(default_factory=Overrides)
    before: Mapping[Override, str] = field(default_factory=dict)
    skip_invalid: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, or the problems for which nothing was.

    ``skipped`` are the problems for which learners were left out of what was decided.
    """

    learners: tuple[Learner, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    awards: tuple[AwardRow, ...] = ()
    pieces: tuple[Piece, ...] = ()
    gaps: tuple[Gap, ...] = ()
    problems: tuple[Problem, ...] = ()
    by_source: tuple[SourceDecision, ...] = ()
    steps: tuple[Step, ...] = ()
    overruled: tuple[Overruled, ...] = ()
    skipped: tuple[Problem, ...] = ()
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cohort:
    """The learners, what is evidence of what, and its cells."""

    learners: tuple[Learner, ...]
    matches: tuple[Match, ...]
    cells: tuple[Cell, ...]

    def leave_out(self, problems: Sequence[Problem]) -> "_Cohort":
        """Return the cohort without the learners whose problems these are.

        Which items and criteria there are is still told by the whole file.
        """
        keys = {problem.learner for problem in problems}
        return _Cohort(
            tuple(learner for learner in self.learners if learner.key not in keys),
            self.matches,
            tuple(cell for cell in self.cells if cell.score.learner not in keys),
        )


def decide_cohort(
    rubrics: Sequence[Rubric],
    gradebooks: Sequence[Gradebook],
    locate: Locate,
    circumstances: Circumstances | None = None,
    engine: Engine = run_queries,
) -> Outcome:
    """Decide every sub-competency of every rubric for every learner of the gradebooks.

    All or nothing: with a problem anywhere (in a gradebook, between rubric and gradebook, or a tie under a
    method that needs an order) there are no decisions. With ``skip_invalid`` that is so of each learner, and
    of all where a problem is no learner's own, or everybody has one. The learners are sorted by name and key,
    so that the order of the rows of a file never matters. Raises ValueError when a rubric counts recent
    scores only and the circumstances name no day.
    """
    around = circumstances or Circumstances()
    found = [problem for gradebook in gradebooks for problem in gradebook.problems]
    if any(not gradebook.items for gradebook in gradebooks):
        # A file that could not be read lacks every item; to say so of each would blame the rubric.
        return Outcome(problems=(around.skip_invalid and list_common(found)) or tuple(found))
    matches, absent = match_evidence(rubrics, gradebooks, locate)
    gradebooks, unrated = settle_ratings(matches, gradebooks)
    cells, unusable = collect_cells(matches, gradebooks)
    learners, twins = _merge_learners(gradebooks)
    names = check_names(around.overrides, rubrics, [learner.key for learner in learners])
    twins += check_keys(gradebooks)
    problems = (
        *found,
        *twins,
        *absent,
        *unrated,
        *unusable,
        *check_held(rubrics, around.held, locate),
        *names,
    )
    if problems and not around.skip_invalid:
        return Outcome(problems=problems)
    if common := list_common(problems):
        return Outcome(problems=common)
    cohort = _Cohort(learners, matches, cells)
    skipped = problems
    while True:
        remaining = cohort.leave_out(skipped) if skipped else cohort
        if skipped and not remaining.learners:
            return Outcome(problems=skipped)
        outcome = _decide(rubrics, remaining, around, engine)
        if not outcome.problems:
            return _note_left_out(outcome, skipped, around)
        if not around.skip_invalid:
            return outcome
        # Each tie is some learner's own.
        skipped += outcome.problems


def _decide(rubrics: Sequence[Rubric], cohort: _Cohort, around: Circumstances, engine: Engine) -> Outcome:
    """Decide on everybody in a cohort without problems; ties are problems that only the query finds."""
    goals = name_goals(rubrics)
    matches, cells, learners = cohort.matches, cohort.cells, cohort.learners
    keys = [learner.key for learner in learners]
    tables = build_tables(goals, matches, cells, learners, around.as_of)
    results = engine(tables, compose_queries(list_features(goals, matches, cells)))
    ties = _index(results, TIES)
    if ties:
        return Outcome(problems=describe_ties(ties, goals, cells))
    rows = _index(results, DECISIONS)
    counted = _index(results, PIECES)
    pieces = build_pieces(counted, goals, cells)
    decisions, overruled = apply_overrides(
        build_decisions(rows, goals, keys), around.overrides, pieces, rubrics, around.before
    )
    by_source = build_source_decisions(rows, goals, keys)
    return Outcome(
        learners,
        tuple(decisions),
        build_awards(decisions, by_source, rubrics, learners, around.held or {}),
        pieces,
        build_gaps(matches, cells, learners, counted, _index(results, ASIDE)),
        by_source=tuple(by_source),
        steps=tuple(build_steps(rows, goals, keys)),
        overruled=tuple(overruled),
    )


def _note_left_out(outcome: Outcome, skipped: tuple[Problem, ...], around: Circumstances) -> Outcome:
    keys: Collection[str | None] = {problem.learner for problem in skipped}
    waiting = list_waiting(around.overrides.rows, keys, around.before)
    return replace(outcome, skipped=skipped, waiting=tuple(waiting))


def assemble_assessment(
    manifest: Manifest, rubrics: Sequence[Rubric], outcome: Outcome, held: Sequence[Badge] = ()
) -> Assessment:
    """Return the assessment of what was decided without problems; ``held``: the badges it rests on."""
    return Assessment(
        manifest,
        tuple(rubrics),
        outcome.learners,
        outcome.decisions,
        outcome.awards,
        outcome.pieces,
        outcome.gaps,
        outcome.steps,
        outcome.by_source,
        tuple(held),
        outcome.overruled,
        list_left_out(outcome.skipped),
        outcome.waiting,
    )


def _index(results: Mapping[str, Result], name: str) -> list[Row]:
    """Return the rows of a result by column name; of a query that was not needed, none."""
    return index_rows(results[name].columns, results[name].rows) if name in results else []


def _merge_learners(gradebooks: Sequence[Gradebook]) -> tuple[tuple[Learner, ...], list[Problem]]:
    """Return the learners of all files, each once, and a problem for each key that is not the same in all."""
    merged: dict[str, Learner] = {}
    spelled: dict[str, tuple[str, Place]] = {}
    problems = []
    for gradebook in gradebooks:
        for learner in gradebook.learners:
            place = Place(gradebook.file, learner.row)
            first, there = spelled.setdefault(fold_name(learner.key), (learner.key, place))
            if first != learner.key:
                message = f"this learner's key differs from the one in {there.file} only in case or spaces"
                advice = "write it the same way in all files"
                problems.append(Problem(message, place, advice, content=learner.key))
                continue
            known = merged.get(learner.key, learner)
            if known.email and learner.email and fold_name(known.email) != fold_name(learner.email):
                message = f"this learner has another e-mail in {there}"
                advice = "the two files give one key to two people: correct it, or name another key column"
                problems.append(Problem(message, place, advice, content=learner.email))
                continue
            merged[learner.key] = Learner(
                learner.key, known.name or learner.name, known.email or learner.email
            )

    def order(learner: Learner) -> tuple[str, str]:
        return sort_name(learner.name or learner.key), learner.key

    return tuple(sorted(merged.values(), key=order)), problems
