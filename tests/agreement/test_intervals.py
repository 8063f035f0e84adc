"""Whether the intervals are those published, and hold the truth as often as they say."""

import json
import random
from itertools import product

import pytest

from microcred_cli.assessment.agreement.cohen import measure_kappa
from microcred_cli.assessment.agreement.gwet import measure_ac, measure_fleiss
from microcred_cli.assessment.agreement.intervals import enclose_share, find_quantile
from microcred_cli.assessment.agreement.krippendorff import Metric, measure_alpha
from microcred_cli.assessment.agreement.weights import Weighting, weigh_levels
from microcred_cli.model.agreement import Estimate, Interval
from tests.shared import find_shared


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(9, 2.2622), (11, 2.2010), (19, 2.0930), (29, 2.0452), (99, 1.9842), (10**6, 1.9600)],
)
def test_student_quantile_as_tabled(freedom: int, quantile: float) -> None:
    assert find_quantile(freedom) == pytest.approx(quantile, abs=1e-4)


def bound(estimate: Estimate | None) -> tuple[float, float]:
    assert estimate is not None
    assert estimate.interval is not None
    return round(estimate.interval.low, 3), round(estimate.interval.high, 3)


def test_intervals_published_by_gwet() -> None:
    """Four raters and twelve pieces, marks missing: the output that comes with his irrCAC package."""
    document = json.loads(find_shared("vectors", "agreement.json").read_text(encoding="utf-8"))
    columns = zip(*document["data"]["B_4raters_12units"], strict=True)
    units = [[mark - 1 for mark in column if mark is not None] for column in columns]
    identity = weigh_levels(Weighting.IDENTITY, 5)
    assert bound(measure_ac(units, identity)) == (0.461, 1.0)
    assert bound(measure_fleiss(units, identity)) == (0.424, 1.0)


@pytest.mark.parametrize(
    ("table", "weighting", "interval"),
    [
        ([[45, 15], [25, 15]], "identity", (-0.063, 0.324)),
        ([[118, 5], [2, 0]], "identity", (-0.047, 0.001)),
        ([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]], "linear", (0.555, 0.742)),
        ([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]], "quadratic", (0.708, 0.860)),
    ],
)
def test_intervals_of_kappa_as_statsmodels_has_them(
    table: list[list[int]], weighting: str, interval: tuple[float, float]
) -> None:
    pairs = [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    weights = weigh_levels(Weighting(weighting), len(table))
    assert bound(measure_kappa(pairs, weights)) == interval


def test_the_share_of_all_still_has_an_interval() -> None:
    """For 10 of 10 and 0 of 10 the bounds are n / (n + z²) and z² / (n + z²)."""
    every, none = enclose_share(1.0, 10), enclose_share(0.0, 10)
    assert (round(every.low, 3), every.high) == (0.722, 1.0)
    assert (none.low, round(none.high, 3)) == (0.0, 0.278)


@pytest.mark.parametrize("pieces", range(1, 60))
def test_all_and_none_are_bounds_themselves(pieces: int) -> None:
    """Or else 100 of 100 would be shown as at most 99%."""
    assert (enclose_share(1.0, pieces).high, enclose_share(0.0, pieces).low) == (1.0, 0.0)


# A learner is at a level, and each rater sees it or, at times, a level beside it.
SHARES = (0.05, 0.15, 0.45, 0.35)
SEEN = {-1: 0.15, 0: 0.7, 1: 0.15}
CATEGORIES = len(SHARES)
PIECES = 40
DRAWS = 400


def see(level: int, difference: int) -> int:
    return min(max(level + difference, 0), CATEGORIES - 1)


def list_population() -> list[tuple[tuple[int, int], float]]:
    """Return every pair of marks with its probability."""
    return [
        ((see(level, first), see(level, second)), share * SEEN[first] * SEEN[second])
        for (level, share), first, second in product(enumerate(SHARES), SEEN, SEEN)
    ]


def measure_all(pairs: list[tuple[int, int]]) -> dict[str, Estimate | None]:
    weights = weigh_levels(Weighting.QUADRATIC, CATEGORIES)
    units = [list(pair) for pair in pairs]
    return {
        "kappa": measure_kappa(pairs, weights),
        "AC2": measure_ac(units, weights),
        "Fleiss": measure_fleiss(units, weights),
        "alpha": measure_alpha(units, CATEGORIES, Metric.ORDINAL),
    }


@pytest.fixture(scope="module")
def coverage() -> dict[str, float]:
    """Return by coefficient how often its interval holds the value of the population."""
    population = list_population()
    # So many pieces that each pair of marks occurs as often as its probability says: the population itself.
    whole = [pair for pair, share in population for _ in range(round(share * 40_000))]
    truth = {name: estimate.value for name, estimate in measure_all(whole).items() if estimate is not None}
    source = random.Random(20261123)  # noqa: S311 - a simulation
    cells, shares = zip(*population, strict=True)
    held = dict.fromkeys(truth, 0)
    for _ in range(DRAWS):
        for name, estimate in measure_all(source.choices(cells, shares, k=PIECES)).items():
            assert estimate is not None
            interval = estimate.interval or Interval(estimate.value, estimate.value)
            held[name] += interval.low <= truth[name] <= interval.high
    return {name: count / DRAWS for name, count in held.items()}


@pytest.mark.parametrize("coefficient", ["kappa", "AC2", "Fleiss", "alpha"])
def test_an_interval_holds_the_truth_about_nineteen_times_in_twenty(
    coverage: dict[str, float], coefficient: str
) -> None:
    assert 0.91 <= coverage[coefficient] <= 0.985
