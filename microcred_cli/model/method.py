"""The methods by which several scores become one: names, parameters, ranges.

Formulas are in docs/deciding.md. Those of the first six methods, and their ranges, are those of Canvas
(``OutcomeCalculationMethod`` and ``RollupScore`` in instructure/canvas-lms), published as cases in the
project's test vectors.
"""

from enum import StrEnum
from typing import NamedTuple


class Method(StrEnum):
    """How the scores of one sub-competency become one."""

    HIGHEST = "highest"
    LATEST = "latest"
    AVERAGE = "average"
    WEIGHTED_AVERAGE = "weighted-average"
    DECAYING_AVERAGE = "decaying-average"
    N_MASTERY = "n-mastery"
    MOST_COMMON = "most-common"
    MEAN_OF_HIGHEST = "mean-of-highest"
    DROP_LOWEST = "drop-lowest"
    MEDIAN = "median"
    POWER_LAW = "power-law"


class Parameter(NamedTuple):
    """A whole number a method takes, its bounds (inclusive) and what is meant when it is left out.

    ``default`` None: it has to be given.
    """

    name: str
    minimum: int
    maximum: int
    default: int | None
    percent: bool = False


class MethodSpecification(NamedTuple):
    """What there is to know of a method apart from its formula.

    ``fewest``: with fewer scores the method has no result; ``beyond_n``: it needs so many more than ``n``
    (None: it does not depend on ``n``). ``in_canvas``: Canvas has the same.
    """

    method: Method
    summary: str
    parameters: tuple[Parameter, ...] = ()
    order_matters: bool = False
    weights_count: bool = False
    fewest: int = 1
    beyond_n: int | None = None
    in_canvas: bool = True


SPECIFICATIONS: dict[Method, MethodSpecification] = {
    specification.method: specification
    for specification in (
        MethodSpecification(Method.HIGHEST, "the best score"),
        MethodSpecification(Method.LATEST, "the newest score", order_matters=True),
        MethodSpecification(Method.AVERAGE, "the mean of all scores", weights_count=True),
        MethodSpecification(
            Method.WEIGHTED_AVERAGE,
            "a share of the newest score and the rest of the mean of all older ones",
            parameters=(Parameter("latest", 1, 99, 65, percent=True),),
            order_matters=True,
        ),
        MethodSpecification(
            Method.DECAYING_AVERAGE,
            "each newer score pulls the result toward itself by a share",
            parameters=(Parameter("latest", 50, 99, 65, percent=True),),
            order_matters=True,
        ),
        MethodSpecification(
            Method.N_MASTERY,
            "the mean of the scores at or above the shown level, once there are n of them",
            parameters=(Parameter("n", 1, 10, None),),
            beyond_n=0,
        ),
        MethodSpecification(
            Method.MOST_COMMON,
            "the level that most scores are at; of equals, the more recent",
            order_matters=True,
            in_canvas=False,
        ),
        MethodSpecification(
            Method.MEAN_OF_HIGHEST,
            "the mean of the n best scores, or of all if there are fewer",
            parameters=(Parameter("n", 1, 10, None),),
            in_canvas=False,
        ),
        MethodSpecification(
            Method.DROP_LOWEST,
            "the mean of all scores but the n lowest",
            parameters=(Parameter("n", 1, 10, 1),),
            beyond_n=1,
            in_canvas=False,
        ),
        MethodSpecification(
            Method.MEDIAN, "the score in the middle, or the mean of the two there", in_canvas=False
        ),
        MethodSpecification(
            Method.POWER_LAW,
            "the trend of the scores, read off at the newest",
            order_matters=True,
            fewest=3,
            in_canvas=False,
        ),
    )
}
