"""The published and cross-checked figures of ../shared/vectors/agreement.json."""

import json
from collections import Counter
from typing import Any

import pytest

from microcred_cli.assessment.agreement.cohen import measure_kappa
from microcred_cli.assessment.agreement.gwet import measure_ac, measure_fleiss
from microcred_cli.assessment.agreement.krippendorff import Metric, measure_alpha
from microcred_cli.assessment.agreement.percent import measure_share
from microcred_cli.assessment.agreement.weights import Weighting, weigh_levels
from microcred_cli.model.agreement import Estimate
from tests.shared import SHARED, find_shared

VECTORS = SHARED / "vectors" / "agreement.json"
UNITS = list[list[int]]
OUT_OF_SCOPE = {"ICC(A,1)=ICC2", "ICC(1,k)", "ICC(C,k)"}
"""An intraclass correlation takes marks for measurements; ours are levels, which are ordinal."""


def load_cases() -> list[Any]:
    if not VECTORS.exists():
        reason = "the published vectors are not in this checkout"
        return [pytest.param(None, None, marks=pytest.mark.skip(reason=reason))]
    document = json.loads(VECTORS.read_text(encoding="utf-8"))
    return [
        pytest.param(case, document["data"].get(case.get("data")), id=f"{number}-{case['stat']}")
        for number, case in enumerate(document["cases"])
        if case["stat"] not in OUT_OF_SCOPE
    ]


def read_units(case: dict[str, Any], data: list[list[int | None]] | None) -> tuple[UNITS, int]:
    """Return the marks of each unit as levels from 0, and the number of levels."""
    if data is not None:
        units = [[mark - 1 for mark in column if mark is not None] for column in zip(*data, strict=True)]
    elif "counts" in case:
        units = [[level for level, count in enumerate(row) for _ in range(count)] for row in case["counts"]]
    elif "table" in case:
        units = [
            [row, column]
            for row, counts in enumerate(case["table"])
            for column, count in enumerate(counts)
            for _ in range(count)
        ]
    else:
        pairs = zip(case["rater1"], case["rater2"], strict=True)
        units = [[first - 1, second - 1] for first, second in pairs]
    return units, 1 + max(max(unit, default=0) for unit in units)


def measure(statistic: str, case: dict[str, Any], units: UNITS, categories: int) -> Estimate | None:
    weights = weigh_levels(Weighting(case.get("weights") or "identity"), categories)
    if "alpha" in statistic:
        return measure_alpha(units, categories, Metric(case.get("level", "nominal")))
    if "AC" in statistic:
        return measure_ac(units, weights)
    if "fleiss" in statistic:
        return measure_fleiss(units, weights)
    if statistic == "percent_agreement":
        return measure_share(units)
    assert statistic in {"cohen_kappa", "weighted_cohen_kappa"}
    return measure_kappa([(first, second) for first, second in units], weights)


@pytest.mark.parametrize(("case", "data"), load_cases())
def test_published_case(case: dict[str, Any], data: list[list[int | None]] | None) -> None:
    units, categories = read_units(case, data)
    further = {"percent_agreement", "cohen_kappa", "gwet_AC1", "krippendorff_alpha_nominal"} & set(case)
    expected = {statistic: case[statistic] for statistic in further}
    if "expected" in case:
        expected[case["stat"]] = case["expected"]
    assert expected
    for statistic, figure in expected.items():
        measured = measure(statistic, case, units, categories)
        assert measured is not None
        # The statistics that irrCAC prints at three decimals were run again and are given at six.
        assert f"{measured.value:.6f}" == f"{figure:.6f}", statistic


def test_ordinal_alpha_is_that_of_krippendorff() -> None:
    """The same data have 0.834 in irrCAC, which weighs by pairs of ranks instead."""
    document = json.loads(find_shared("vectors", "agreement.json").read_text(encoding="utf-8"))
    units, categories = read_units({}, document["data"]["B_4raters_12units"])
    alpha = measure_alpha(units, categories, Metric.ORDINAL)
    assert alpha is not None
    assert f"{alpha.value:.3f}" == "0.815"


def test_every_other_case_is_out_of_scope() -> None:
    document = json.loads(find_shared("vectors", "agreement.json").read_text(encoding="utf-8"))
    statistics = Counter(case["stat"] for case in document["cases"])
    assert set(statistics) >= OUT_OF_SCOPE
    assert len(load_cases()) == statistics.total() - 3
