"""How much evidence a decision asks for, and how much of it is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from microcred_cli.model.explanation import Explanation
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.rubric import SOURCES

# Names of steps of the deciding query.
_ITEMS = "items"
_RATERS = "raters"
_KEPT = "scores kept"


class Asked(StrEnum):
    """What can be asked for."""

    SCORES = "scores"
    ITEMS = "items"
    RATERS = "raters"
    FROM_SOURCE = "scores of a source"
    AT_THRESHOLD = "scores at the threshold"


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked for, how much of it, and how much is there.

    ``by_method``: the method has no result with less, whatever the rubric asks for.
    """

    asked: Asked
    wanted: int
    there: int
    source: str | None = None
    by_method: bool = False

    @property
    def met(self) -> bool:
        """Whether enough is there."""
        return self.there >= self.wanted


def list_needs(explanation: Explanation) -> Iterator[Need]:
    """Yield everything that has to be there before anything is decided."""
    choice, pieces, steps = explanation.choice, explanation.decision.pieces, explanation.steps
    needs, specification = choice.at_least, SPECIFICATIONS[choice.by]
    fewest = specification.fewest
    if specification.beyond_n:
        fewest = max(fewest, (choice.n or 0) + specification.beyond_n)
    yield Need(Asked.SCORES, max(needs.pieces, fewest), pieces, by_method=fewest > needs.pieces)
    if needs.items > 1:
        yield Need(Asked.ITEMS, needs.items, int(steps.get(_ITEMS, 0)))
    if needs.raters > 0:
        yield Need(Asked.RATERS, needs.raters, int(steps.get(_RATERS, 0)))
    for source in SOURCES:
        if source in needs.sources:
            yield Need(Asked.FROM_SOURCE, needs.sources[source], int(steps.get(source, 0)), source)
    if specification.beyond_n == 0:
        kept = int(steps.get(_KEPT, 0))
        yield Need(Asked.AT_THRESHOLD, choice.n or 0, kept, by_method=True)
