"""What the words of an explanation say, from the values that the deciding query produced."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from microcred_cli.assessment.explanation import explain_assessment
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.assessment import Assessment, Manifest
from microcred_cli.model.calculation_words import describe_calculation
from microcred_cli.model.decision_words import describe_decision, describe_enough
from microcred_cli.model.explanation import AwardExplanation, Explanation, LearnerExplanation
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.method import Method
from microcred_cli.model.results import AwardRow
from microcred_cli.model.rubric import EvidenceItem, MethodChoice, Needs, Rubric
from microcred_cli.model.score_words import describe_order, describe_points, describe_share
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows.decide_cohort import Circumstances, assemble_assessment, decide_cohort
from microcred_cli.workflows.suppose_scores import suppose_scores
from tests.assessment.cohorts import locate, long, make_rubric

AS_OF = datetime(2026, 11, 26, tzinfo=UTC)


def explain_learners(rubric: Rubric, *rows: str) -> tuple[LearnerExplanation, ...]:
    gradebook = read_gradebook("g.csv", long(*rows), GradebookSettings())
    outcome = decide_cohort([rubric], [gradebook], locate, Circumstances(AS_OF))
    assert outcome.problems == ()
    manifest = Manifest("0.0.0", "2026-11-26T00:00:00Z", (), {"as_of": "2026-11-26"})
    assessment = assemble_assessment(manifest, [rubric], outcome)
    return suppose_scores(explain_assessment(assessment))


def explain(
    choice: MethodChoice, *rows: str, items: Sequence[EvidenceItem] = (EvidenceItem("A"),)
) -> Explanation:
    """Explain the only decision on one learner; the rows begin after the learner's key."""
    (learner,) = explain_learners(make_rubric(choice, items), *(f"s,{row}" for row in rows))
    return learner.awards[0].decisions[0]


def explain_scores(method: Method, scores: str, **options: Any) -> Explanation:
    """Explain scores of one item, each dated a day after the one before."""
    rows = [f"A,{score},2026-01-{day:02},{day},,," for day, score in enumerate(scores.split(), start=1)]
    return explain(MethodChoice(method, **options), *rows)


# Worked out by hand from docs/deciding.md; levels are 1 to 5 points, shown at 3.
@pytest.mark.parametrize(
    ("method", "scores", "options", "sentence"),
    [
        (Method.HIGHEST, "2 4.5 1", {}, "The best of 3 scores = 4.5."),
        (Method.HIGHEST, "2", {}, "The only score = 2."),
        (Method.LATEST, "4 2.3456", {}, "The score that counts (the newest) = 2.3456, rounded 2.35."),
        (Method.AVERAGE, "2 3 3.8", {}, "Total 8.8 / 3 scores = 2.933333333, rounded 2.93."),
        (
            Method.WEIGHTED_AVERAGE,
            "2 3 4",
            {"latest": Decimal(65)},
            "65% of 4 (the newest) and 35% of 2.5 (mean of the 2 older) = 3.475, rounded 3.48.",
        ),
        (
            Method.WEIGHTED_AVERAGE,
            "2 4",
            {"latest": Decimal(70)},
            "70% of 4 (the newest) and 30% of 2 (the older one) = 3.4.",
        ),
        (Method.WEIGHTED_AVERAGE, "2", {"latest": Decimal(70)}, "The only score = 2."),
        (
            Method.DECAYING_AVERAGE,
            "2 3 4",
            {"latest": Decimal(65)},
            "12.25% of 2 + 22.75% of 3 + 65% of 4 = 3.5275, rounded 3.53.",
        ),
        (
            Method.DECAYING_AVERAGE,
            "2 2 2 2 2 2 2",
            {"latest": Decimal(50)},
            "The 7 scores, each times the share that it counts, added up = 2.",
        ),
        (
            Method.N_MASTERY,
            "2 3 4",
            {"n": 2},
            "Scores at Level 3 (3 points) or above: total 7 / 2 scores = 3.5.",
        ),
        (Method.N_MASTERY, "2 2 4", {"n": 2}, ""),
        (Method.MOST_COMMON, "4 2.2 4 2 2", {}, "3 of 5 scores at Level 2, and at no level more = 2."),
        (Method.MOST_COMMON, "0.5", {}, "1 of 1 score below Level 1, and at no level more = 0."),
        (Method.MEAN_OF_HIGHEST, "1 4 3", {"n": 2}, "The 2 best: total 7 / 2 scores = 3.5."),
        (Method.MEAN_OF_HIGHEST, "1 4 3", {"n": 1}, "The best score: total 4 / 1 score = 4."),
        (Method.DROP_LOWEST, "1 4 3", {"n": 1}, "Without the lowest: total 7 / 2 scores = 3.5."),
        (Method.DROP_LOWEST, "1 4 3", {"n": 2}, "Without the 2 lowest: total 4 / 1 score = 4."),
        (Method.DROP_LOWEST, "1", {"n": 1}, ""),
        (Method.MEDIAN, "1 4 3", {}, "The score in the middle = 3."),
        (Method.MEDIAN, "1 4 3 2", {}, "The two in the middle: total 5 / 2 scores = 2.5."),
        (Method.MEDIAN, "1", {}, "The only score = 1."),
        (
            Method.POWER_LAW,
            "2 3 4",
            {},
            "The curve 1.984729836 × n^0.625979906 at n = 3 = 3.947932481, rounded 3.95.",
        ),
        (
            Method.POWER_LAW,
            "0 3 4",
            {},
            (
                "The mean of the 3 scores, as a score of zero or less has no power law = 2.333333333,"
                " rounded 2.33."
            ),
        ),
        (
            Method.POWER_LAW,
            "0.1 5 5 5",
            {},
            (
                "The curve 0.192773075 × n^2.866752853 at n = 4, and at most 5"
                " (the top level's points, or the best score) = 5."
            ),
        ),
        (Method.POWER_LAW, "3 4", {}, ""),
        (
            Method.AVERAGE,
            "3.6",
            {"at_least": Needs(2)},
            "So far: total 3.6 / 1 score = 3.6; it does not count yet.",
        ),
    ],
)
def test_each_method_tells_its_calculation(
    method: Method, scores: str, options: dict[str, Any], sentence: str
) -> None:
    assert describe_calculation(explain_scores(method, scores, **options)) == sentence


def test_weights_are_told_where_the_rubric_gives_them() -> None:
    items = [EvidenceItem("A", weight=Decimal(2)), EvidenceItem("B")]
    explanation = explain(MethodChoice(Method.AVERAGE), "A,2,,,,,", "B,3.4,,,,,", items=items)
    assert describe_calculation(explanation) == "Total 7.4 / weights 3 = 2.466666667, rounded 2.47."
    assert (
        describe_enough(explanation) == "One more score at Level 5 (5 points), of weight 1, would be enough."
    )


@pytest.mark.parametrize(
    ("rows", "order", "last"),
    [
        (["A,2,2026-01-01,,,,"], "", "The only score = 2."),
        (
            ["A,3,2026-02-01,,,,", "B,2,2026-01-01,,,,"],
            "oldest first",
            "The score that counts (the newest) = 3.",
        ),
        (
            ["A,2,2026-01-01,2,,,", "A,3,2026-01-01,3,,,"],
            "oldest first; those of one date in the order of the rubric's list of evidence",
            "The score that counts (the newest) = 3.",
        ),
        (
            ["B,2,2026-01-01,,,,", "A,3,2026-01-01,,,,"],
            "oldest first; those of one date in the order of the rubric's list of evidence",
            "The score that counts (of the newest date, the last in the rubric's list of evidence) = 2.",
        ),
        (
            ["B,2,,,,,", "A,3,2026-01-01,,,,"],
            (
                "oldest first; those without a date stand before the others,"
                " in the order of the rubric's list of evidence"
            ),
            "The score that counts (the newest) = 3.",
        ),
        (["A,2,,1,,,", "A,3,,2,,,"], "oldest first, by attempt", "The score that counts (the newest) = 3."),
        (
            ["B,2,,,,,", "A,3,,,,,"],
            "in the order of the rubric's list of evidence, as none is dated",
            (
                "The score that counts (the last in the rubric's list of evidence,"
                " as no date tells which is newest) = 2."
            ),
        ),
        (
            ["A,2,,1,,,", "A,3,,2,,,", "B,4,,,,,"],
            "in the order of the rubric's list of evidence, as none is dated",
            (
                "The score that counts (the last in the rubric's list of evidence,"
                " as no date tells which is newest) = 4."
            ),
        ),
    ],
)
def test_oldest_and_newest_are_said_only_of_what_has_dates_or_attempts(
    rows: list[str], order: str, last: str
) -> None:
    items = [EvidenceItem(name) for name in sorted({row[0] for row in rows})]
    explanation = explain(MethodChoice(Method.LATEST), *rows, items=items)
    assert describe_order(explanation.order) == order
    assert describe_calculation(explanation) == last


def test_without_dates_older_is_not_said_of_a_mean_either() -> None:
    items = [EvidenceItem("A"), EvidenceItem("B"), EvidenceItem("C")]
    choice = MethodChoice(Method.WEIGHTED_AVERAGE, latest=Decimal(65))
    explanation = explain(choice, "A,2,,,,,", "B,3,,,,,", "C,4,,,,,", items=items)
    assert describe_calculation(explanation) == (
        "65% of 4 (the last in the rubric's list of evidence, as no date tells which is newest)"
        " and 35% of 2.5 (mean of the 2 before it) = 3.475, rounded 3.48."
    )


@pytest.mark.parametrize(
    ("method", "options", "shares"),
    [
        (Method.DECAYING_AVERAGE, {"latest": Decimal(65)}, ["counts 12.25%", "counts 22.75%", "counts 65%"]),
        (Method.DROP_LOWEST, {"n": 1}, ["left out", "", ""]),
        (Method.N_MASTERY, {"n": 1}, ["left out", "", ""]),
        (Method.LATEST, {}, ["left out", "left out", ""]),
        (Method.AVERAGE, {}, ["", "", ""]),
    ],
)
def test_what_a_score_counts_is_told_where_it_differs(
    method: Method, options: dict[str, Any], shares: list[str]
) -> None:
    explanation = explain_scores(method, "2 3 4", **options)
    assert [describe_share(score.piece, method) for score in explanation.scores] == shares


@pytest.mark.parametrize(
    ("choice", "rows", "sentence", "enough"),
    [
        (
            MethodChoice(at_least=Needs(3)),
            ["A,4,,1,,,"],
            "3 scores are needed, and there is 1.",
            "Two more scores at Level 1 (1 point) would be enough.",
        ),
        (
            MethodChoice(at_least=Needs(items=2)),
            ["A,4,,1,,,", "A,4,,2,,,"],
            "2 different items with a score are needed, and there is 1.",
            "One more score at Level 1 (1 point), of another item, would be enough.",
        ),
        (
            MethodChoice(at_least=Needs(raters=2)),
            ["A,4,,1,,,", "A,4,,2,,,"],
            "2 different named raters are needed, and there is none.",
            "Two more scores at Level 1 (1 point), each by another rater, would be enough.",
        ),
        (
            MethodChoice(at_least=Needs(raters=4)),
            ["A,4,,1,,,Kim", "A,2,,1,,,Lee", "A,3,,1,,,Agreed"],
            "4 different named raters are needed, and there are 2.",
            "Two more scores at Level 1 (1 point), each by another rater, would be enough.",
        ),
        (
            MethodChoice(at_least=Needs(sources={"employer": 1, "instructor": 1})),
            ["A,4,,1,,instructor,"],
            "1 score by an employer is needed, and there is none.",
            "One more score at Level 1 (1 point), by an employer, would be enough.",
        ),
        (
            MethodChoice(at_least=Needs(pieces=3, sources={"employer": 2})),
            ["A,4,,1,,employer,"],
            "3 scores are needed, and there is 1; 2 scores by an employer are needed, and there is 1.",
            "Two more scores at Level 1 (1 point), one of them by an employer, would be enough.",
        ),
        (
            MethodChoice(at_least=Needs(sources={"employer": 4})),
            ["A,4,,1,,learner,"],
            "4 scores by an employer are needed, and there is none.",
            "Three more scores would not be enough at any level, not even at Level 5 (5 points).",
        ),
        (
            MethodChoice(Method.N_MASTERY, n=3),
            ["A,4,,1,,,", "A,2,,2,,,"],
            "3 scores at Level 3 (3 points) or above are needed, and there is 1.",
            "Two more scores at Level 3 (3 points) would be enough.",
        ),
        (
            MethodChoice(Method.POWER_LAW),
            ["A,2,,1,,,", "A,3,,2,,,"],
            "3 scores for a power law are needed, and there are 2.",
            "One more score at Level 3 (3 points) would be enough.",
        ),
        (
            MethodChoice(Method.DROP_LOWEST, n=2),
            ["A,4,,1,,,"],
            "3 scores for a mean without the 2 lowest are needed, and there is 1.",
            "Two more scores at Level 1 (1 point) would be enough.",
        ),
        (
            MethodChoice(Method.AVERAGE, at_least=Needs(2)),
            ["A,excused,,1,,,"],
            "There is no score; 2 scores are needed.",
            "Two scores at Level 3 (3 points) would be enough.",
        ),
        (
            MethodChoice(within="1 year"),
            ["A,4,,1,,,"],
            "Every score is set aside; 1 score is needed.",
            "One score at Level 3 (3 points) would be enough.",
        ),
    ],
)
def test_a_need_that_is_not_met_is_named_and_what_would_be_enough(
    choice: MethodChoice, rows: list[str], sentence: str, enough: str
) -> None:
    explanation = explain(choice, *rows)
    assert (describe_decision(explanation), describe_enough(explanation)) == (sentence, enough)


def test_of_a_shown_one_nothing_is_supposed() -> None:
    assert explain_scores(Method.HIGHEST, "4").enough is None


def test_many_learners_are_answered_each_for_themselves() -> None:
    scores = ["1", "2", "2.5", "3", "1", "0"]
    rubric = make_rubric(MethodChoice(Method.AVERAGE), [EvidenceItem("A")])
    explained = explain_learners(rubric, *(f"s{at},A,{score},,,,," for at, score in enumerate(scores)))
    found = [learner.awards[0].decisions[0].enough for learner in explained]
    assert [None if each is None or each.level is None else (each.more, each.level.id) for each in found] == [
        (1, "l5"),
        (1, "l4"),
        (1, "l4"),
        None,
        (1, "l5"),
        (2, "l5"),
    ]


def test_the_cuts_told_are_those_of_the_criterion() -> None:
    items = [
        EvidenceItem("A", criterion="X", cuts={"l2": Decimal(10)}),
        EvidenceItem("A", criterion="Y", cuts={"l2": Decimal(90)}),
    ]
    rubric = make_rubric(MethodChoice(), items)
    gradebook = read_gradebook(
        "g.csv", b"learner,item,score,possible,criterion\ns,A,60,100,x\ns,A,60,100,Y\n", GradebookSettings()
    )
    outcome = decide_cohort([rubric], [gradebook], locate)
    assessment = Assessment(
        Manifest("0.0.0", "2026-11-26T00:00:00Z", ()),
        (rubric,),
        outcome.learners,
        outcome.decisions,
        outcome.awards,
        outcome.pieces,
    )
    (learner,) = explain_assessment(assessment)
    explanation = learner.awards[0].decisions[0]
    assert [describe_points(score, explanation) for score in explanation.scores] == [
        "60 / 100 is Level 2 = 2 by the cuts Level 2 10%",
        "60 / 100 is Level 1 = 1 by the cuts Level 2 90%",
    ]


def test_numbers_that_only_an_edited_folder_holds_are_not_asked_about() -> None:
    explanation = explain_scores(Method.AVERAGE, "1 2")
    huge = replace(explanation.scores[0].piece, points=Decimal(10**20))
    scores = (replace(explanation.scores[0], piece=huge), explanation.scores[1])
    award = AwardExplanation(
        explanation.rubric,
        AwardRow("s", "r", "1.0.0", "not-yet", (), ("part",)),
        (),
        (replace(explanation, scores=scores, enough=None),),
    )
    (learner,) = suppose_scores([LearnerExplanation(Learner("s"), (award,))])
    assert learner.awards[0].decisions[0].enough is None
    assert describe_enough(learner.awards[0].decisions[0]) == ""
