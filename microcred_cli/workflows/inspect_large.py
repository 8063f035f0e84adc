"""What a table for the engine holds, summed up by it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from microcred_cli.assessment.large import compose_unlike
from microcred_cli.assessment.matching import list_criteria
from microcred_cli.engines.duckdb_engine import Session, open_session
from microcred_cli.gradebooks.detect import UNKNOWN
from microcred_cli.gradebooks.long_sql import ROWS, compose_item_counts, find_rowid
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Score
from microcred_cli.model.inspection import Inspected, ItemSummary
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.names import fold_name
from microcred_cli.workflows.read_large import LargeTable, read_large_table, read_together, tell_once


@dataclass(slots=True)
class _Count:
    """What the cells of an item come to."""

    states: Counter[CellState] = field(default_factory=Counter)
    refused: int = 0
    in_words: int = 0
    above: int = 0
    below: int = 0
    values: list[Decimal] = field(default_factory=list)


def inspect_large_table(path: Path, settings: GradebookSettings) -> Inspected:
    """Return what a table says, every item of it; its gradebook has one row of each kind."""
    with open_session(large=True) as session:
        table, problems = read_large_table(session, path, settings)
        if table is None:
            return Inspected(Gradebook(path.as_posix(), UNKNOWN, "", problems=problems), (), 0)
        unlike = compose_unlike(table.loaded.columns.places)
        problems = read_together(session, table, table.gradebook.problems, unlike)
        problems = tell_once(session, table, problems)
        counts = _count_cells(session, table)
        ((learners,),) = session.fetch("select count(distinct k.key) from learner_keys k")
        ((rows,),) = session.fetch(f"select count(*) from {ROWS}")
    gradebook = table.gradebook
    facts = {**gradebook.facts, "rows": f"2 to {rows + 1}"}
    criteria = list_criteria(gradebook).by_item
    items = tuple(
        _sum_up(
            item, counts.get(fold_name(item.name), _Count()), tuple(criteria.get(item.heading, {}).values())
        )
        for item in gradebook.items
    )
    return Inspected(replace(gradebook, facts=facts, problems=problems), items, learners)


def _count_cells(session: Session, table: LargeTable) -> dict[str, _Count]:
    """Return what the cells of each item come to, by its folded name."""
    words = _list_words(table.rows, table.gradebook)
    counts: dict[str, _Count] = {}
    rows = session.fetch(compose_item_counts(table.loaded.columns))
    for item, word, cells, lowest, highest, below, above in rows:
        count = counts.setdefault(fold_name(item), _Count())
        if word is None:
            count.states[CellState.SCORE] += cells
            count.values += [lowest.normalize(), highest.normalize()]
            count.below += below
            count.above += above
        elif word in words:
            score = words[word]
            count.states[score.state] += cells
            count.in_words += cells if score.label is not None else 0
            count.values += [score.value] if score.value is not None else []
        else:
            count.refused += cells
    return counts


def _list_words(rows: Iterable[Mapping[str, Any]], gradebook: Gradebook) -> dict[str, Score]:
    """Return what the reader made of each text that is no plain number."""
    cells = {row["row_id"]: row["word"] for row in rows}
    read = ((cells[find_rowid(score.row)], score) for score in gradebook.scores)
    return {word: score for word, score in read if word is not None}


def _sum_up(item: Item, count: _Count, criteria: tuple[str, ...]) -> ItemSummary:
    return ItemSummary(
        item,
        dict(count.states),
        count.refused,
        min(count.values, default=None),
        max(count.values, default=None),
        count.in_words,
        count.above,
        count.below,
        criteria,
    )
