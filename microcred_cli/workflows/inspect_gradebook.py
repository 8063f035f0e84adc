"""What a gradebook export is and holds, and which of its items a rubric speaks of."""

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from microcred_cli.files.reading import read_file
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.gradebook import CellState, Gradebook, Item
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.sheet import MAXIMUM_BYTES
from microcred_cli.workflows.read_project import find_project


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """An item, how many cells of each state it has, and its least and greatest score.

    ``in_words`` of the scores are letters or other words: a rubric's levels or ``grades`` say what they mean.
    """

    item: Item
    states: dict[CellState, int]
    refused: int
    lowest: Decimal | None
    highest: Decimal | None
    in_words: int


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
    states: dict[str, Counter[CellState]] = {}
    values: dict[str, list[Decimal]] = {}
    words: Counter[str] = Counter()
    for score in gradebook.scores:
        states.setdefault(score.item, Counter())[score.state] += 1
        if score.value is not None:
            values.setdefault(score.item, []).append(score.value)
        words[score.item] += score.label is not None
    refused = Counter(
        problem.place.column for problem in gradebook.problems if problem.place.column is not None
    )
    return Inspected(
        gradebook,
        tuple(
            ItemSummary(
                item,
                dict(states.get(item.heading, {})),
                refused[item.column] if item.column is not None else 0,
                min(values.get(item.heading, ()), default=None),
                max(values.get(item.heading, ()), default=None),
                words[item.heading],
            )
            for item in gradebook.items
        ),
    )
