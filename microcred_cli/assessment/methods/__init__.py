"""The methods: each file holds the SQL by which the pieces of one sub-competency become one score.

The SQL is an aggregate over the pieces ``p`` (``points``, ``weight``, and ``back``: 1 the newest, where the
method's specification says that order matters) joined with their goal ``g`` (``latest`` in percent, ``n``,
``shown_points``). Null means too little evidence.
"""

from microcred_cli.assessment.methods import (
    average,
    decaying_average,
    highest,
    latest,
    n_mastery,
    weighted_average,
)
from microcred_cli.model.method import Method

SCORES: dict[Method, str] = {
    Method.HIGHEST: highest.SCORE,
    Method.LATEST: latest.SCORE,
    Method.AVERAGE: average.SCORE,
    Method.WEIGHTED_AVERAGE: weighted_average.SCORE,
    Method.DECAYING_AVERAGE: decaying_average.SCORE,
    Method.N_MASTERY: n_mastery.SCORE,
}
