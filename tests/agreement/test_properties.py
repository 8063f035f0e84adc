"""What holds of the coefficients whatever the marks are."""

import math
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.assessment.agreement.cohen import measure_kappa
from microcred_cli.assessment.agreement.gwet import measure_ac, measure_fleiss
from microcred_cli.assessment.agreement.krippendorff import Metric, measure_alpha
from microcred_cli.assessment.agreement.percent import measure_share
from microcred_cli.assessment.agreement.weights import Weighting, weigh_levels
from microcred_cli.model.agreement import Estimate

CATEGORIES = 5
QUADRATIC = weigh_levels(Weighting.QUADRATIC, CATEGORIES)
UNITS = list[list[int]]
Statistic = Callable[[UNITS], Estimate | None]


def measure_pairs(units: UNITS) -> Estimate | None:
    return measure_kappa([(first, second) for first, second, *_ in units], QUADRATIC)


STATISTICS: dict[str, Statistic] = {
    "AC2": lambda units: measure_ac(units, QUADRATIC),
    "Fleiss": lambda units: measure_fleiss(units, QUADRATIC),
    **{
        f"{metric} alpha": lambda units, metric=metric: measure_alpha(  # type: ignore[misc]
            units, CATEGORIES, metric
        )
        for metric in Metric
    },
}
each_statistic = pytest.mark.parametrize("measure", STATISTICS.values(), ids=STATISTICS)
LEVELS = st.integers(0, CATEGORIES - 1)
ANY_UNITS = st.lists(st.lists(LEVELS, max_size=4), max_size=30)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS).map(list), max_size=30)


def assert_same(one: Estimate | None, other: Estimate | None) -> None:
    """Compare with what sums in another order may differ by."""
    assert (one is None) == (other is None)
    if one is None or other is None:
        return
    assert one.value == pytest.approx(other.value, abs=1e-9)
    assert (one.interval is None) == (other.interval is None)
    if one.interval is not None and other.interval is not None:
        bounds = (other.interval.low, other.interval.high)
        assert (one.interval.low, one.interval.high) == pytest.approx(bounds, abs=1e-6)


@each_statistic
@given(units=ANY_UNITS, seed=st.integers(0, 9))
def test_neither_the_order_of_pieces_nor_of_raters_matters(
    measure: Statistic, units: UNITS, seed: int
) -> None:
    shuffled = [list(unit) for unit in units]
    order = random.Random(seed)  # noqa: S311 - any order will do
    order.shuffle(shuffled)
    for unit in shuffled:
        order.shuffle(unit)
    assert_same(measure(units), measure(shuffled))


@given(PAIRS)
def test_kappa_is_the_same_with_the_raters_exchanged(units: UNITS) -> None:
    assert_same(measure_pairs(units), measure_pairs([unit[::-1] for unit in units]))


@each_statistic
@given(units=ANY_UNITS)
def test_a_figure_is_a_number_within_its_interval_or_none(measure: Statistic, units: UNITS) -> None:
    estimate = measure(units)
    if estimate is None:
        paired = [unit for unit in units if len(unit) > 1]
        assert len({level for unit in units for level in unit}) < 2 or not paired or _is_one_level(paired)
        return
    assert math.isfinite(estimate.value)
    assert estimate.value <= 1 + 1e-12
    if estimate.interval is not None:
        assert -1 <= estimate.interval.low <= estimate.interval.high <= 1
        assert estimate.interval.low <= max(estimate.value, -1) <= estimate.interval.high + 1e-12


def _is_one_level(units: UNITS) -> bool:
    return len({level for unit in units for level in unit}) == 1


@given(PAIRS)
def test_kappa_is_a_number_within_its_interval_or_none(units: UNITS) -> None:
    estimate = measure_pairs(units)
    if estimate is None:
        assert not units or _is_one_level(units)
        return
    assert -1 <= estimate.value <= 1 + 1e-12
    if estimate.interval is not None:
        assert estimate.interval.low <= estimate.value <= estimate.interval.high + 1e-12


@pytest.mark.parametrize("measure", [*STATISTICS.values(), measure_pairs], ids=[*STATISTICS, "kappa"])
@given(levels=st.lists(LEVELS, min_size=2, max_size=30).filter(lambda levels: len(set(levels)) > 1))
def test_full_agreement_is_one_and_has_no_interval(measure: Statistic, levels: list[int]) -> None:
    estimate = measure([[level, level] for level in levels])
    assert estimate is not None
    assert estimate.value == pytest.approx(1)
    assert estimate.interval is None


@pytest.mark.parametrize(
    ("measure", "one_level"),
    [
        (STATISTICS["Fleiss"], None),
        (STATISTICS["ordinal alpha"], None),
        (measure_pairs, None),
        # By Gwet's idea of chance nobody agrees by chance where only one level is ever used.
        (STATISTICS["AC2"], 1.0),
    ],
    ids=["Fleiss", "alpha", "kappa", "AC2"],
)
def test_too_little_to_measure_is_no_error(measure: Statistic, one_level: float | None) -> None:
    assert measure([]) is None
    estimate = measure([[2, 2]] * 12)
    assert (None if estimate is None else estimate.value) == one_level
    single = measure([[1, 2]])
    assert single is not None
    assert single.interval is None


def test_a_lone_mark_agrees_with_nothing() -> None:
    for measure in STATISTICS.values():
        assert measure([[1], [2], []]) is None
    assert measure_share([[1], [2], []]) is None
    assert measure_ac([[0, 0]], weigh_levels(Weighting.QUADRATIC, 1)) is None


@given(PAIRS.filter(bool))
def test_adjacent_agreement_holds_what_percent_agreement_does(units: UNITS) -> None:
    equal, adjacent = measure_share(units), measure_share(units, within=1)
    assert equal is not None
    assert adjacent is not None
    assert equal.value == sum(first == second for first, second in units) / len(units)
    assert adjacent.value == sum(abs(first - second) <= 1 for first, second in units) / len(units)
    for share in (equal, adjacent):
        assert share.interval is not None
        assert 0 <= share.interval.low <= share.value <= share.interval.high <= 1


def test_a_piece_with_more_marks_counts_once_by_the_share_of_its_pairs() -> None:
    share = measure_share([[1, 1, 2], [3, 3]])
    assert share is not None
    assert share.value == pytest.approx((1 / 3 + 1) / 2)


@given(PAIRS.filter(bool))
def test_a_level_that_nobody_used_changes_ac2_but_not_weighted_kappa(units: UNITS) -> None:
    longer = weigh_levels(Weighting.QUADRATIC, CATEGORIES + 1)
    pairs = [(first, second) for first, second in units]
    assert_same(measure_pairs(units), measure_kappa(pairs, longer))
    ac2, of_longer = measure_ac(units, QUADRATIC), measure_ac(units, longer)
    assert ac2 is not None
    assert of_longer is not None
    if any(first != second for first, second in units):
        assert ac2.value != of_longer.value
