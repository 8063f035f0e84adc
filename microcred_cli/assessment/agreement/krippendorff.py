"""Krippendorff's alpha: any number of raters, marks may be missing."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from microcred_cli.assessment.agreement.intervals import enclose, measure_jackknife_error
from microcred_cli.assessment.agreement.tallies import Tally, Units, tally_units
from microcred_cli.model.agreement import Estimate

Matrix = list[list[float]]


class Metric(StrEnum):
    """How far two levels are apart."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def measure_alpha(units: Units, categories: int, metric: Metric) -> Estimate | None:
    """Return Krippendorff's alpha (Computing Krippendorff's Alpha-Reliability, 2011).

    Ordinal as he defines it: two levels are as far apart as there are marks between them. The interval is by
    the jackknife over pieces. None when no piece has two marks, and when all marks are at one level.
    """
    tallies = tally_units([unit for unit in units if len(unit) > 1], categories)
    coincidences = _count_coincidences(tallies, categories)
    alpha = _compute_alpha(coincidences, metric)
    if alpha is None:
        return None
    pieces = tallies.total()
    without = [
        (_compute_alpha(_take_out(coincidences, tally), metric), count) for tally, count in tallies.items()
    ]
    # Without its only piece that differs there may be no alpha, and so no interval.
    values = [(value, count) for value, count in without if value is not None]
    if len(values) < len(without):
        return Estimate(alpha, None)
    return Estimate(alpha, enclose(alpha, measure_jackknife_error(values), pieces))


def _count_coincidences(tallies: Counter[Tally], categories: int) -> Matrix:
    """Return how often two marks of one piece were at these levels; a piece weighs as much as its marks."""
    matrix = [[0.0] * categories for _ in range(categories)]
    for tally, count in tallies.items():
        for row, column, share in _list_coincidences(tally):
            matrix[row][column] += count * share
    return matrix


def _list_coincidences(tally: Tally) -> list[tuple[int, int, float]]:
    others = sum(tally) - 1
    used = [level for level, count in enumerate(tally) if count]
    return [
        (row, column, tally[row] * (tally[column] - (row == column)) / others)
        for row in used
        for column in used
    ]


def _take_out(coincidences: Matrix, tally: Tally) -> Matrix:
    matrix = [list(row) for row in coincidences]
    for row, column, share in _list_coincidences(tally):
        matrix[row][column] -= share
    return matrix


def _compute_alpha(coincidences: Matrix, metric: Metric) -> float | None:
    totals = [sum(row) for row in coincidences]
    marks = sum(totals)
    levels = range(len(totals))
    differences = [
        [_measure_difference(totals, min(row, column), max(row, column), metric) for column in levels]
        for row in levels
    ]
    expected = sum(
        totals[row] * totals[column] * differences[row][column] for row in levels for column in levels
    )
    if expected < 1e-9 * max(marks, 1.0):
        return None
    observed = sum(
        coincidences[row][column] * differences[row][column] for row in levels for column in levels
    )
    return 1 - (marks - 1) * observed / expected


def _measure_difference(totals: Sequence[float], low: int, high: int, metric: Metric) -> float:
    """Return the squared difference of two levels."""
    match metric:
        case Metric.NOMINAL:
            return float(low != high)
        case Metric.INTERVAL:
            return float(high - low) ** 2
        case Metric.ORDINAL:
            return (sum(totals[low : high + 1]) - (totals[low] + totals[high]) / 2) ** 2
