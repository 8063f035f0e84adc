"""What a rubric asks to see, in words."""

from collections.abc import Iterator

from microcred_cli.model.award_words import join_words
from microcred_cli.model.method_words import name_source
from microcred_cli.model.number_words import write_number
from microcred_cli.model.rubric import EvidenceItem, Rubric


def describe_evidence(rubric: Rubric, item: EvidenceItem) -> str:
    """Return the item's name with what the rubric says of it."""
    details = list(_list_details(rubric, item))
    return f"{item.item} ({'; '.join(details)})" if details else item.item


def _list_details(rubric: Rubric, item: EvidenceItem) -> Iterator[str]:
    titles = {level.id: level.title for level in rubric.levels}
    if item.criterion is not None:
        yield f"its criterion {item.criterion}"
    if item.source is not None:
        yield f"given by {name_source(item.source)}"
    if item.weight is not None:
        yield f"weight {write_number(item.weight)}"
    if item.cuts:
        reached = [
            f"{titles[level.id]} from {write_number(item.cuts[level.id])}%"
            for level in rubric.levels
            if level.id in item.cuts
        ]
        yield join_words(reached)
    if item.grades:
        yield join_words([f"{word} means {titles.get(level, level)}" for word, level in item.grades.items()])
