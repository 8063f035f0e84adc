"""Every published case of a method, through the query and the engine that users' decisions go through."""

import json
from decimal import Decimal
from typing import Any

import pytest

from microcred_cli.model.decision import Decision
from microcred_cli.model.method import Method
from tests.assessment.cohorts import decide_scores, work_out
from tests.shared import SHARED

# What the vectors call a method, where it is not our name with underscores.
METHODS = {
    **{method.replace("-", "_"): method for method in Method},
    "mode": Method.MOST_COMMON,
    "mean_of_k_highest": Method.MEAN_OF_HIGHEST,
}
# One gives parts of a result, not scores, and has a test of its own below; the other is no rule: a teacher
# may award what no method gives. That is an override.
NO_METHOD = {"weighted_average_from_parts", "teacher_judgement"}


def read_vectors(name: str) -> dict[str, Any]:
    path = SHARED / "vectors" / f"{name}.json"
    if not path.exists():
        return {"cases": [], "derived_cases": [], "class_aggregates": []}
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def load_cases() -> list[Any]:
    canvas, other = read_vectors("canvas_outcomes"), read_vectors("other_methods")
    cases = [*canvas["cases"], *canvas["derived_cases"], *other["cases"]]
    return list_parameters(case for case in cases if case["method"] in METHODS)


def list_parameters(cases: Any) -> list[Any]:
    parameters = [
        pytest.param(case, id=str(case.get("id", case.get("scores_oldest_first")))) for case in cases
    ]
    reason = "the published vectors are not in this checkout"
    return parameters or [pytest.param(None, marks=pytest.mark.skip(reason=reason))]


@pytest.mark.parametrize("case", load_cases())
def test_published_case(case: dict[str, Any]) -> None:
    row = decide_scores(
        METHODS[case["method"]],
        [Decimal(str(score)) for score in case["scores_oldest_first"]],
        parameter=case.get("param", case.get("k")),
        shown_points=case.get("mastery_points") or 3,
    )
    expected = case["expected"]
    if expected is None:
        assert (row.score, row.decision) == (None, Decision.INSUFFICIENT_EVIDENCE)
    else:
        assert row.score == Decimal(str(expected))


def test_every_published_method_is_run() -> None:
    canvas, other = read_vectors("canvas_outcomes"), read_vectors("other_methods")
    if not canvas["cases"]:
        pytest.skip("the published vectors are not in this checkout")
    named = {case["method"] for case in [*canvas["cases"], *canvas["derived_cases"], *other["cases"]]}
    assert named - set(METHODS) == NO_METHOD


@pytest.mark.parametrize("case", list_parameters(read_vectors("power_law")["cases"]))
def test_power_law(case: dict[str, Any]) -> None:
    scores = [Decimal(str(score)) for score in case["scores_oldest_first"]]
    steps = {step.step: step.value for step in work_out(Method.POWER_LAW, scores).steps}
    a, b = float(steps["a"]), float(steps["b"])
    assert round(a, 6) == case["a"]
    assert round(b, 6) == case["b"]
    assert round(float(steps["unrounded"]), 6) == case["fitted_at_n"]
    assert abs(a * (len(scores) + 1) ** b - case["predicted_at_n_plus_1"]) < 1e-6


@pytest.mark.parametrize("case", list_parameters(read_vectors("canvas_outcomes")["class_aggregates"]))
def test_class_aggregates(case: dict[str, Any]) -> None:
    method = {"mean": Method.AVERAGE, "median": Method.MEDIAN}[case["stat"]]
    for learner, scores in case["per_user_scores"].items():
        row = decide_scores(method, [Decimal(str(score)) for score in scores], top=70)
        assert row.score == Decimal(str(case["expected"][learner]))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (["4.67", "4.68"], "4.68"),  # 4.675
        (["2.99", "3.00"], "3.00"),  # 2.995
        (["1.00", "1.01"], "1.01"),  # 1.005
        (["0.00", "0.01"], "0.01"),  # 0.005
    ],
)
def test_a_half_is_rounded_away_from_zero(scores: list[str], expected: str) -> None:
    row = decide_scores(Method.AVERAGE, [Decimal(score) for score in scores])
    assert str(row.score) == expected


def test_mixed_order_by_date_changes_the_result() -> None:
    """The thread of 2017: the newest is 5, the older mean 4.88, w = 65: 4.958 is 4.96."""
    older = [Decimal("4.88"), Decimal("4.88"), Decimal("4.88")]
    row = decide_scores(Method.WEIGHTED_AVERAGE, [*older, Decimal(5)], parameter=65)
    assert row.score == Decimal("4.96")


def test_scaling_to_the_top_level() -> None:
    row = decide_scores(Method.HIGHEST, [Decimal(2)], possible=Decimal(5), top=4)
    assert row.score == Decimal("1.60")
