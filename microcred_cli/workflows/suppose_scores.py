"""What would be enough for every decision that is still open, by asking the deciding query."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from microcred_cli.assessment.suppositions import ENOUGH, build_suppositions, is_open, read_answers
from microcred_cli.engines.duckdb_engine import Result, run_queries
from microcred_cli.model.explanation import Enough, Explanation, LearnerExplanation
from microcred_cli.model.table import Query, Table

Engine = Callable[[Sequence[Table], Sequence[Query]], Mapping[str, Result]]
Goal = tuple[str, str, str]


def suppose_scores(
    learners: Sequence[LearnerExplanation], subcompetency: str | None = None, engine: Engine = run_queries
) -> tuple[LearnerExplanation, ...]:
    """Return the explanations with what would be enough beside every decision that is open.

    All are put to the engine at once. With ``subcompetency`` only decisions on that one are asked about;
    with nothing open the engine is not started.
    """
    opened = [
        explanation
        for learner in learners
        for award in learner.awards
        for explanation in award.decisions
        if is_open(explanation) and subcompetency in {None, explanation.subcompetency.id}
    ]
    if not opened:
        return tuple(learners)
    suppositions = build_suppositions(opened)
    rows = engine(suppositions.tables, suppositions.queries)[ENOUGH].rows
    answers = {_name_goal(explanation): enough for explanation, enough in read_answers(suppositions, rows)}
    return tuple(_add_answers(learner, answers) for learner in learners)


def _name_goal(explanation: Explanation) -> Goal:
    row = explanation.decision
    return row.learner, row.rubric, row.subcompetency


def _add_answers(learner: LearnerExplanation, answers: Mapping[Goal, Enough]) -> LearnerExplanation:
    awards = tuple(
        replace(
            award,
            decisions=tuple(
                replace(each, enough=answers[goal]) if (goal := _name_goal(each)) in answers else each
                for each in award.decisions
            ),
        )
        for award in learner.awards
    )
    return replace(learner, awards=awards)
