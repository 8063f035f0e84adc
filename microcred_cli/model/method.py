"""The methods by which several scores become one: names, parameters, ranges.

Formulas and ranges are those of Canvas (``OutcomeCalculationMethod`` and ``RollupScore`` in
instructure/canvas-lms), published as cases in the project's test vectors.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Method(StrEnum):
    """How the scores of one sub-competency become one."""

    HIGHEST = "highest"
    LATEST = "latest"
    AVERAGE = "average"
    WEIGHTED_AVERAGE = "weighted-average"
    DECAYING_AVERAGE = "decaying-average"
    N_MASTERY = "n-mastery"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A whole number a method takes, its bounds (inclusive) and what is meant when it is left out.

    ``default`` None: it has to be given.
    """

    name: str
    minimum: int
    maximum: int
    default: int | None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class MethodSpecification:
    """What there is to know of a method apart from its formula."""

    method: Method
    summary: str
    parameters: tuple[Parameter, ...] = field(default=())
    order_matters: bool = False
    weights_count: bool = False


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
        ),
    )
}
