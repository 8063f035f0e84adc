"""What looking at a gradebook shows, before anybody decides by it."""

from dataclasses import dataclass
from decimal import Decimal

from microcred_cli.model.gradebook import CellState, Gradebook, Item


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """An item, how many cells of each state it has, and its least and greatest score.

    ``in_words`` of the scores are letters or other words: a rubric's levels or ``grades`` say what they mean.
    ``above`` the points possible and ``below`` zero are scores that count, and may be a slip. ``criteria``
    are those that the export has scores for, in its order.
    """

    item: Item
    states: dict[CellState, int]
    refused: int
    lowest: Decimal | None
    highest: Decimal | None
    in_words: int
    above: int
    below: int
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """A gradebook, its items, and how many learners it has."""

    gradebook: Gradebook
    items: tuple[ItemSummary, ...]
    learners: int
