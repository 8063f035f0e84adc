"""A large table, understood: its witnesses, which say all there is, read as any other table is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from microcred_cli.engines.duckdb_engine import Session
from microcred_cli.gradebooks import generic_long
from microcred_cli.gradebooks.long_sql import (
    KEYS,
    KINDS,
    LEARNER_KEYS,
    WORD_COLUMNS,
    LongColumns,
    build_odd_keys,
    compose_alike,
    compose_cells,
    compose_keys,
    compose_kinds,
    find_rowid,
    list_rows,
    list_witnesses,
)
from microcred_cli.gradebooks.long_texts import build_used
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet
from microcred_cli.workflows.load_large import LoadedTable, load_large_table

# Of so many different rows each is read as any table is; that takes half a minute.
MAXIMUM_WITNESSES = 500_000
_MAXIMUM_SUSPECTS = 1_000
# So many problems are shown.
_COUNTED = 50


@dataclass(frozen=True, slots=True)
class LargeTable:
    """A large table in the engine: ``gradebook`` is what some of its rows say, whose cells are ``rows``."""

    loaded: LoadedTable
    gradebook: Gradebook
    rows: Sequence[dict[str, Any]]


def read_large_table(
    session: Session, path: Path, settings: GradebookSettings
) -> tuple[LargeTable | None, tuple[Problem, ...]]:
    """Load a table and read its witnesses; or return the problems for which it cannot be taken."""
    loaded = load_large_table(session, path, settings)
    if isinstance(loaded, Problem):
        return None, (loaded,)
    _read_keys(session)
    session.execute(f"create or replace table {KINDS} as {compose_kinds(loaded.columns)}")
    items = list_items(session)
    only = settings.only if settings.only is not None else {fold_name(item) for item in items}
    session.create_table(build_used(items, {name: number for number, name in enumerate(sorted(only))}))
    ids = _find_witnesses(session, loaded.columns)
    if len(ids) > MAXIMUM_WITNESSES:
        message = f"the table says more than {MAXIMUM_WITNESSES:,} different things in words, dates or items"
        advice = "is a column of remarks among the scores? divide the file, if not"
        return None, (Problem(message, Place(loaded.file), advice),)
    return read_rows(session, loaded, ids), ()


def read_together(
    session: Session, table: LargeTable, problems: Sequence[Problem], queries: Iterable[str]
) -> tuple[Problem, ...]:
    """Return the problems, with those that the reader finds in rows which say something together.

    The queries name the rowids of such rows; so many of each are read as people can look at.
    """
    suspects = {
        each
        for query in queries
        for row in session.fetch(f"{query} limit {_MAXIMUM_SUSPECTS}")
        for each in row
        if each is not None
    }
    if not suspects:
        return tuple(problems)
    read = read_rows(session, table.loaded, {*suspects, *(row["row_id"] for row in table.rows)})
    others = [each for each in problems if each not in table.gradebook.problems]
    return (*read.gradebook.problems, *others)


def tell_once(session: Session, table: LargeTable, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems, one for all rows that say the same, and how many more rows do."""
    cells = {row["row_id"]: row for row in table.rows}
    names = {at + 1: name for name, at in table.loaded.columns.places.items()}
    told: dict[object, Problem] = {}
    for problem in problems:
        row, name = problem.place.row, names.get(problem.place.column or 0)
        text = cells.get(find_rowid(row), {}).get(WORD_COLUMNS.get(name, name)) if row and name else None
        key: object = problem if text is None else (problem.message, name, text)
        if key in told:
            continue
        more = 0
        if text is not None and name is not None and len(told) < _COUNTED:
            ((count,),) = session.fetch(compose_alike(WORD_COLUMNS.get(name, name)), text)
            more = count - 1
        also = f" (and in {more:,} more rows)" if more > 1 else " (and in 1 more row)" if more == 1 else ""
        told[key] = replace(problem, message=problem.message + also)
    return tuple(told.values())


def read_rows(session: Session, loaded: LoadedTable, ids: Iterable[int]) -> LargeTable:
    """Return the table with these of its rows, by rowid, as what its gradebook says."""
    names = _list_names(session, loaded.columns)
    found = session.fetch(compose_cells(loaded.columns), sorted(set(ids)))
    rows = [dict(zip(names, row, strict=True)) for row in found]
    sheet = Sheet(loaded.file, list_rows(loaded.columns, rows, loaded.mark), loaded.facts)
    gradebook = generic_long.read(sheet, loaded.settings, generic_long.recognise(sheet) or "")
    return LargeTable(loaded, gradebook, rows)


def _list_names(session: Session, columns: LongColumns) -> list[str]:
    """Return the names of the columns of ``compose_cells``."""
    return [row[0] for row in session.fetch("describe " + compose_cells(columns), [])]


def _read_keys(session: Session) -> None:
    session.execute(f"create or replace table {KEYS} as {compose_keys()}")
    odd = [row[0] for row in session.fetch(f"select k.text from {KEYS} k where not k.plain")]
    session.create_table(build_odd_keys(odd))
    session.execute(f"create or replace table learner_keys as {LEARNER_KEYS}")


def list_items(session: Session) -> list[str]:
    """Return the different texts that name items."""
    return [row[0] for row in session.fetch(f"select distinct k.item from {KINDS} k")]


def _find_witnesses(session: Session, columns: LongColumns) -> set[int]:
    found: set[int] = set()
    for query in (*list_witnesses(columns), "select k.first from learner_keys k where k.key is null"):
        found.update(
            row[0] for row in session.fetch(f"{query} limit {MAXIMUM_WITNESSES + 1}") if row[0] is not None
        )
    return found
