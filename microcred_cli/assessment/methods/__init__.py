"""The methods: each file holds the SQL by which the pieces of one sub-competency become one score."""

from microcred_cli.assessment.formula import Formula
from microcred_cli.assessment.methods import (
    average,
    decaying_average,
    drop_lowest,
    highest,
    latest,
    mean_of_highest,
    median,
    most_common,
    n_mastery,
    power_law,
    weighted_average,
)
from microcred_cli.model.method import Method

FORMULAS: dict[Method, Formula] = {
    Method.HIGHEST: highest.FORMULA,
    Method.LATEST: latest.FORMULA,
    Method.AVERAGE: average.FORMULA,
    Method.WEIGHTED_AVERAGE: weighted_average.FORMULA,
    Method.DECAYING_AVERAGE: decaying_average.FORMULA,
    Method.N_MASTERY: n_mastery.FORMULA,
    Method.MOST_COMMON: most_common.FORMULA,
    Method.MEAN_OF_HIGHEST: mean_of_highest.FORMULA,
    Method.DROP_LOWEST: drop_lowest.FORMULA,
    Method.MEDIAN: median.FORMULA,
    Method.POWER_LAW: power_law.FORMULA,
}
