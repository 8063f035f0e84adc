"""What a gradebook export is and holds, and which of its items a rubric speaks of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from microcred_cli.assessment.matching import list_criteria
from microcred_cli.files.reading import read_file
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.gradebook import Item, Score
from microcred_cli.model.inspection import Inspected, ItemSummary
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.sheet import MAXIMUM_BYTES
from microcred_cli.workflows.choose_engine import is_large
from microcred_cli.workflows.read_project import find_project


def inspect_gradebook(path: Path, decimal: str | None) -> Inspected:
    """Read an export and sum up what was understood of it. Raises what reading the file raises."""
    project = find_project()
    settings = project.project.gradebook if project is not None else GradebookSettings()
    settings = replace(settings, decimal=decimal)
    if is_large(path):
        from microcred_cli.workflows.inspect_large import inspect_large_table

        return inspect_large_table(path, settings)
    gradebook = read_gradebook(path.as_posix(), read_file(path, MAXIMUM_BYTES), settings)
    scores: dict[str, list[Score]] = {}
    for score in gradebook.scores:
        scores.setdefault(score.item, []).append(score)
    refused = Counter(
        problem.place.column for problem in gradebook.problems if problem.place.column is not None
    )
    criteria = list_criteria(gradebook).by_item
    items = tuple(
        _sum_up(
            item,
            scores.get(item.heading, ()),
            refused[item.column] if item.column is not None else 0,
            tuple(criteria.get(item.heading, {}).values()),
        )
        for item in gradebook.items
    )
    return Inspected(gradebook, items, len(gradebook.learners))


def _sum_up(item: Item, scores: Sequence[Score], refused: int, criteria: tuple[str, ...]) -> ItemSummary:
    values = [score.value for score in scores if score.value is not None]
    return ItemSummary(
        item,
        dict(Counter(score.state for score in scores)),
        refused,
        min(values, default=None),
        max(values, default=None),
        sum(score.label is not None and score.value is None for score in scores),
        sum(_is_above(score) for score in scores),
        sum(value < 0 for value in values),
        criteria,
    )


def _is_above(score: Score) -> bool:
    return score.value is not None and score.possible is not None and score.value > score.possible
