"""A table of values as it goes into and comes out of an engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """The types used, under the names that DuckDB and Spark share."""

    TEXT = "string"
    INTEGER = "bigint"
    NUMBER = "decimal(18,9)"


@dataclass(frozen=True, slots=True)
class Column:
    """A named column and its values; None is null.

    ``gives_rows``: it is the one that says how many rows the table has.
    """

    name: str
    type: ColumnType
    values: Sequence[object]
    gives_rows: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of one length under a name that a query can speak of."""

    name: str
    columns: tuple[Column, ...]


def build_table(name: str, columns: Mapping[str, ColumnType], rows: Sequence[tuple[object, ...]]) -> Table:
    """Return the table of that name that holds these rows; its first column is the one to tell how many."""
    values = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    return Table(
        name,
        tuple(
            Column(column, kind, list(data), gives_rows=position == 0)
            for position, ((column, kind), data) in enumerate(zip(columns.items(), values, strict=True))
        ),
    )


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the name under which later queries of the same run can speak of its result.

    ``told``: whether its rows are asked for, or only later queries look at them; ``once``: just one of them
    does, so that nothing needs to be kept.
    """

    name: str
    sql: str
    told: bool = True
    once: bool = False
