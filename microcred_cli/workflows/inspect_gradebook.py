"""What a gradebook export is and holds, and which of its items a rubric speaks of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from microcred_cli.files.reading import read_file
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Score
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import MAXIMUM_BYTES
from microcred_cli.workflows.read_project import find_project


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
    """A gradebook and its items."""

    gradebook: Gradebook
    items: tuple[ItemSummary, ...]


def inspect_gradebook(path: Path, decimal: str | None) -> Inspected:
    """Read an export and sum up what was understood of it. Raises what reading the file raises."""
    project = find_project()
    settings = project.project.gradebook if project is not None else GradebookSettings()
    settings = replace(settings, decimal=decimal)
    gradebook = read_gradebook(path.as_posix(), read_file(path, MAXIMUM_BYTES), settings)
    scores: dict[str, list[Score]] = {}
    for score in gradebook.scores:
        scores.setdefault(score.item, []).append(score)
    refused = Counter(
        problem.place.column for problem in gradebook.problems if problem.place.column is not None
    )
    items = tuple(
        _sum_up(item, scores.get(item.heading, ()), refused[item.column] if item.column is not None else 0)
        for item in gradebook.items
    )
    return Inspected(gradebook, items)


def _sum_up(item: Item, scores: Sequence[Score], refused: int) -> ItemSummary:
    values = [score.value for score in scores if score.value is not None]
    return ItemSummary(
        item,
        dict(Counter(score.state for score in scores)),
        refused,
        min(values, default=None),
        max(values, default=None),
        sum(score.label is not None for score in scores),
        sum(_is_above(score) for score in scores),
        sum(value < 0 for value in values),
        _list_criteria(scores),
    )


def _list_criteria(scores: Sequence[Score]) -> tuple[str, ...]:
    criteria: dict[str, str] = {}
    for name in dict.fromkeys(score.criterion for score in scores):
        if name is not None:
            criteria.setdefault(fold_name(name), name)
    return tuple(criteria.values())


def _is_above(score: Score) -> bool:
    return score.value is not None and score.possible is not None and score.value > score.possible
