"""The published cases of Canvas, through the query and the engine that users' decisions go through."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from microcred_cli.model.decision import Decision
from microcred_cli.model.method import Method
from tests.assessment.cohorts import decide_scores

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "canvas_outcomes.json"
METHODS = {method.replace("-", "_"): method for method in Method}


def load_cases() -> list[Any]:
    if not VECTORS.exists():
        reason = "the published vectors are not in this checkout"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason))]
    document = json.loads(VECTORS.read_text(encoding="utf-8"))
    cases = [*document["cases"], *document["derived_cases"]]
    return [pytest.param(case, id=case["id"]) for case in cases if case["method"] in METHODS]


@pytest.mark.parametrize("case", load_cases())
def test_published_case(case: dict[str, Any]) -> None:
    row = decide_scores(
        METHODS[case["method"]],
        [Decimal(str(score)) for score in case["scores_oldest_first"]],
        parameter=case.get("param"),
        shown_points=case.get("mastery_points") or 3,
    )
    expected = case["expected"]
    if expected is None:
        assert (row.score, row.decision) == (None, Decision.INSUFFICIENT_EVIDENCE)
    else:
        assert row.score == Decimal(str(expected))


def test_every_published_method_is_run() -> None:
    if not VECTORS.exists():
        pytest.skip("the published vectors are not in this checkout")
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
    # The one other case gives parts of a result, not scores; it has a test of its own below.
    assert {case["method"] for case in cases} - set(METHODS) == {"weighted_average_from_parts"}


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
