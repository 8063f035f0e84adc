"""DuckDB, inside the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from microcred_cli.model.table import Column, Query, Table


@dataclass(frozen=True, slots=True)
class Result:
    """The rows a query gave, and the names of its columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run_queries(tables: Sequence[Table], queries: Sequence[Query]) -> Mapping[str, Result]:
    """Return the result of each query that is told, by its name.

    The tables, and the results of earlier queries, can be spoken of by name. Everything is in memory and
    gone afterwards.
    """
    import duckdb

    results = {}
    with duckdb.connect(":memory:") as connection:
        for table in tables:
            columns = ", ".join(map(_write_column, table.columns))
            # Names and types are the program's own; every value is a parameter.
            values = [column.values[0] if _is_constant(column) else column.values for column in table.columns]
            connection.execute(f"create table {table.name} as select {columns}", values)
        for query in queries:
            kind = "view" if query.once else "table"
            connection.execute(f"create {kind} {query.name} as {query.sql}")
            if not query.told:
                continue
            cursor = connection.execute(f"select * from {query.name}")  # noqa: S608
            names = tuple(str(entry[0]) for entry in cursor.description or ())
            results[query.name] = Result(names, cursor.fetchall())
    return results


def _write_column(column: Column) -> str:
    if _is_constant(column):
        return f"cast(? as {column.type}) as {column.name}"
    return f"unnest(cast(? as {column.type}[])) as {column.name}"


def _is_constant(column: Column) -> bool:
    """Return whether one value can stand for all rows: lists take long, and many an export has no dates.

    The column that gives the rows is always unfolded.
    """
    values = column.values
    return not column.gives_rows and len(values) > 1 and values.count(values[0]) == len(values)
