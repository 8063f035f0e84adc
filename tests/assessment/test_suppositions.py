"""What would be enough, against the plain evaluator that is asked the same with the scores really there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from hypothesis import assume, given, settings

from microcred_cli.assessment.explanation import explain_assessment
from microcred_cli.model.assessment import Manifest
from microcred_cli.model.explanation import Enough, Explanation
from microcred_cli.workflows.decide_cohort import assemble_assessment
from microcred_cli.workflows.suppose_scores import suppose_scores
from tests.assessment.decided import decide_made, read_made
from tests.assessment.made_cohorts import Cohort, draw_cohorts
from tests.assessment.plain import records as plain
from tests.assessment.plain.decisions import decide_part
from tests.assessment.plain.learners import Learner

LONG = settings.get_current_profile_name() == "long"
MOST = 3


def explain_made(cohort: Cohort) -> dict[tuple[str, str, str], Explanation]:
    rubrics = read_made(cohort)
    outcome = decide_made(cohort, rubrics)
    assume(not outcome.problems)
    assessment = assemble_assessment(Manifest("0.0.0", "2026-11-26T00:00:00Z", ()), rubrics, outcome)
    return {
        (learner.learner.key, award.rubric.id, explanation.subcompetency.id): explanation
        for learner in suppose_scores(explain_assessment(assessment))
        for award in learner.awards
        for explanation in award.decisions
    }


def search_enough(learner: Learner, rubric: plain.Rubric, part: plain.Part) -> tuple[int, str] | None:
    """Put further rows into the learner's table, of further items by further raters on the next day."""
    names = [f"Further {number}" for number in range(MOST)]
    lines = [plain.Evidence(name, None, None, Fraction(1), {}, {}) for name in names]
    part = replace(part, evidence=(*part.evidence, *lines))
    sources = list(list_missing_sources(learner, rubric, part.id))
    day = (learner.as_of + timedelta(days=1)).isoformat()
    key = learner.rows[0].learner
    for more in range(1, MOST + 1):
        for level in rubric.levels:
            further = [
                plain.Row(
                    key,
                    name,
                    str(Fraction(level.points))
                    if level.points.denominator == 1
                    else f"{float(level.points)}",
                    date=day,
                    rater=name,
                    source=sources[number] if number < len(sources) else "",
                )
                for number, name in enumerate(names[:more])
            ]
            verdict = decide_part(rubric, part, [*learner.rows, *further], learner.as_of)
            if verdict.decision == "shown":
                return more, level.id
    return None


def list_missing_sources(learner: Learner, rubric: plain.Rubric, part_id: str) -> Iterator[str]:
    part = next(part for part in rubric.parts if part.id == part_id)
    marks = learner.decide(rubric, part_id).chosen.marks
    for source in ("instructor", "learner", "employer"):
        for _ in range(part.at_least.get(source, 0) - sum(mark.source == source for mark in marks)):
            yield source


@settings(max_examples=100 if LONG else 10)
@given(draw_cohorts(learners=(4, 12)))
def test_what_would_be_enough_is_what_is_enough_once_it_is_there(cohort: Cohort) -> None:
    explanations = explain_made(cohort)
    for name, learner in cohort.learners.items():
        for rubric in learner.rubrics:
            for part in rubric.parts:
                explanation = explanations[name, rubric.id, part.id]
                if learner.decide(rubric, part.id).decision == "shown":
                    assert explanation.enough is None
                    continue
                expected = search_enough(learner, rubric, part)
                enough = explanation.enough
                assert isinstance(enough, Enough)
                found = None if enough.level is None else (enough.more, enough.level.id)
                assert found == expected, (rubric.id, part.id, cohort.describe(name))
