"""Whatever is changed in made cohorts and their rubrics: just what differs is told, and why."""

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from microcred_cli.assessment.comparison import compare_assessments
from microcred_cli.model.assessment import Assessment, Manifest
from microcred_cli.model.comparison import ReasonKind
from microcred_cli.model.method import Method
from microcred_cli.model.results import Badge
from microcred_cli.model.rubric import MethodChoice, Needs, Rubric
from microcred_cli.workflows.decide_cohort import assemble_assessment
from tests.assessment.decided import decide_made, read_made
from tests.assessment.made_cohorts import Cohort, draw_cohorts

LONG = settings.get_current_profile_name() == "long"


def assess_made(cohort: Cohort, rubrics: Sequence[Rubric]) -> Assessment:
    outcome = decide_made(cohort, rubrics)
    # Scores that nothing orders may have been apart before others were taken away.
    assume(outcome.problems == ())
    manifest = Manifest("1", "2026-03-01T00:00:00Z", (), {"as_of": cohort.as_of.isoformat()})
    held = [Badge(name, each) for name, learner in cohort.learners.items() for each in sorted(learner.held)]
    return assemble_assessment(manifest, rubrics, outcome, held)


def check_comparison(before: Assessment, after: Assessment) -> None:
    """Check that exactly what differs is told, and each thing with a reason."""
    comparison = compare_assessments(before, after)
    old = {(row.learner, row.rubric, row.subcompetency): row for row in before.decisions}
    differing = {
        (row.learner, row.rubric, row.subcompetency)
        for row in after.decisions
        if (row.learner, row.rubric, row.subcompetency) in old
        for known in [old[row.learner, row.rubric, row.subcompetency]]
        if (row.decision, row.level, row.score) != (known.decision, known.level, known.score)
    }
    told = [
        (change.after.learner, change.after.rubric, change.after.subcompetency)
        for change in comparison.changes
    ]
    assert sorted(told) == sorted(differing)
    of_decisions = [change.reasons for change in comparison.changes]
    for reasons in (*of_decisions, *(change.reasons for change in comparison.award_changes)):
        assert reasons
        assert not {reason.kind for reason in reasons} & {ReasonKind.UNKNOWN, ReasonKind.TOOL}
    assert compare_assessments(after, after).changes == ()


@settings(max_examples=100 if LONG else 6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.data())
def test_whatever_scores_are_taken_away_every_change_has_its_reason(data: st.DataObject) -> None:
    # Drawn here, because hypothesis takes long cohorts among the arguments for a mistake.
    cohort = data.draw(draw_cohorts(learners=(3, 8)))
    chance = random.Random(data.draw(st.integers(0, 999)))  # noqa: S311 - sample data
    rubrics = read_made(cohort)
    kept = tuple(
        row for row in cohort.rows if not row.score or row.learner == "nobody" or chance.random() < 0.7
    )
    fewer = replace(cohort, rows=kept)
    # A learner of whom nothing is left is on one side only.
    check_comparison(assess_made(cohort, rubrics), assess_made(fewer, rubrics))


@settings(max_examples=100 if LONG else 6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.data())
def test_whatever_is_changed_in_the_rubrics_every_change_has_its_reason(data: st.DataObject) -> None:
    cohort = data.draw(draw_cohorts(learners=(3, 8)))
    what = data.draw(st.sampled_from(["method", "threshold", "needs"]))
    rubrics = read_made(cohort)
    changed = [change_rubric(rubric, what) for rubric in rubrics]
    check_comparison(assess_made(cohort, rubrics), assess_made(cohort, changed))


def change_rubric(rubric: Rubric, what: str) -> Rubric:
    if what == "threshold":
        return rubric._replace(shown_at=rubric.levels[0].id)
    return rubric._replace(
        subcompetencies=tuple(
            part._replace(
                decide=MethodChoice(Method.HIGHEST)
                if what == "method"
                else part.decide._replace(at_least=Needs(part.decide.at_least.pieces + 1)),
            )
            for part in rubric.subcompetencies
        ),
    )
