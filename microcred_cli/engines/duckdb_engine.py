"""DuckDB, inside the process."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microcred_cli.model.table import Column, Query, Table

if TYPE_CHECKING:
    import duckdb

# No cell is longer in records; a longer line of several cells is read once it has been written again.
_LONGEST_LINE = 131_072
_LONGEST_PLAIN_LINE = 100 * _LONGEST_LINE
# What no cell says: padding is null, a cell without text is not.
_NO_CELL = "\x01\x02\x03 no cell"
# What does not fit goes to a private folder on disk.
_MEMORY = "3GB"


@dataclass(frozen=True, slots=True)
class Result:
    """The rows a query gave, and the names of its columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


_WHOLE_TYPES = frozenset(
    sign + name for sign in ("", "U") for name in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)
_FLOATS = {"FLOAT": 1 << 24, "DOUBLE": 1 << 53}
"""The types of numbers in binary, and up to where each whole number is told from the next."""
_OTHER_TYPES = ("VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "UUID", "ENUM")


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a Parquet file: its heading and the engine's name of its type."""

    heading: str
    type: str

    @property
    def is_float(self) -> bool:
        """Whether its cells are binary numbers, which are not exact."""
        return self.type in _FLOATS

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers, not texts that may be."""
        return self.is_float or self.type in _WHOLE_TYPES or self.type.startswith("DECIMAL")

    @property
    def is_plain(self) -> bool:
        """Whether a cell is one value that people write, not a list, a record or bytes."""
        return self.is_number or (self.type.startswith(_OTHER_TYPES) and not self.type.endswith("]"))


class UnreadableTableError(Exception):
    """A file is no table that the engine reads."""


class Session:
    """An engine at work, with tables of its own in memory that are gone afterwards.

    Statements are the program's own texts; values come in as tables or parameters.
    """

    def __init__(self, connection: "duckdb.DuckDBPyConnection", folder: Path | None = None) -> None:
        self._connection = connection
        self._folder = folder

    @property
    def folder(self) -> Path:
        """A private folder that is gone afterwards; only a large session has one."""
        assert self._folder is not None  # noqa: S101 - large tables are opened in large sessions
        return self._folder

    def create_table(self, table: Table) -> None:
        """Create a table with these columns, in place of one of the same name."""
        columns = ", ".join(map(_write_column, table.columns))
        # Names and types are the program's own; every value is a parameter.
        values = [column.values[0] if _is_constant(column) else column.values for column in table.columns]
        self._run(f"create or replace table {table.name} as select {columns}", values)

    def execute(self, sql: str, *values: object) -> None:
        """Carry out a statement whose result nobody asks for."""
        self._run(sql, values)

    def fetch(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with _notice_interrupt():
            return self._connection.execute(sql, list(values)).fetchall()

    def run(self, queries: Sequence[Query]) -> Mapping[str, Result]:
        """Return the result of each query that is told, by its name; each can speak of those before it."""
        results = {}
        for query in queries:
            kind = "view" if query.once else "table"
            self._run(f"create or replace {kind} {query.name} as {query.sql}")
            if not query.told:
                continue
            cursor = self._run(f"select * from {query.name}")
            names = tuple(str(entry[0]) for entry in cursor.description or ())
            results[query.name] = Result(names, cursor.fetchall())
        return results

    def attach_csv(self, name: str, path: Path, count: int, delimiter: str, *, parallel: bool = True) -> None:
        """Let queries speak of the rows below the first line of a file, with columns ``c0``, ``c1`` ….

        Every cell is a text; ``is_whole`` tells whether a row has just ``count`` cells. Quotes inside quotes
        are doubled. ``parallel`` is quicker, and stumbles over long lines and line breaks inside quotes.
        """
        # The engine alone would pass over blank cells at the end of a row. One column more shows them, and
        # padding what is lacking, as cells without any text are no nulls then.
        types = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(count + 1))
        longest = _LONGEST_LINE if parallel else _LONGEST_PLAIN_LINE
        is_whole = f"c{count - 1} is not null and c{count} is null as is_whole"
        self._connection.execute(
            f"create or replace view {name} as select *, {is_whole} from"
            f" read_csv({_quote(path)}, compression='none', max_line_size={longest}, header=false,"
            f" skip=1, auto_detect=false, delim='{delimiter}', quote='\"', escape='\"', strict_mode=true,"
            f" null_padding=true, nullstr='{_NO_CELL}',"
            f" parallel={'true' if parallel else 'false'}, columns={{{types}}})"
        )

    def attach_parquet(self, name: str, path: Path) -> tuple[FileColumn, ...]:
        """Let queries speak of a Parquet file as of a CSV file, and return what its columns are.

        Numbers are written as people do, without zeros that say nothing, and moments in UTC. Raises
        UnreadableTableError.
        """
        # Nothing is read out of the names of folders.
        source = f"read_parquet({_quote(path)}, binary_as_string=true, hive_partitioning=false)"
        with explain_unreadable():
            described = self._connection.execute(f"describe select * from {source}").fetchall()
        columns = tuple(FileColumn(str(row[0]), str(row[1])) for row in described)
        texts = ", ".join(f"{_write_text(each)} as c{number}" for number, each in enumerate(columns))
        self._connection.execute(
            f"create or replace view {name} as select {texts}, true as is_whole from {source}"
        )
        return columns

    def has_inexact(self, name: str, column: str) -> bool:
        """Return whether binary numbers are among a column's texts that are no exact whole numbers."""
        with explain_unreadable():
            odd = f"not regexp_full_match(t.{column}, '-?[0-9]+')"
            return bool(self.fetch(f"select 1 from {name} t where {odd} limit 1"))

    def _run(self, sql: str, values: Sequence[object] = ()) -> "duckdb.DuckDBPyConnection":
        with _notice_interrupt():
            return self._connection.execute(sql, list(values))

    def write_parquet(self, sql: str) -> bytes:
        """Return the rows of a query as a Parquet file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.parquet"
            self._run(f"copy ({sql}) to {_quote(path)} (format parquet, compression zstd)")
            return path.read_bytes()


@contextmanager
def _notice_interrupt() -> Iterator[None]:
    """Let Ctrl-C be what it is: while the engine is at work it comes out as another error."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from None
        raise


@contextmanager
def explain_unreadable() -> Iterator[None]:
    """Raise UnreadableTableError where a statement stumbles over the file it reads."""
    import duckdb

    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.InterruptException):
        raise
    except duckdb.Error:
        # Its own message quotes the file, and so learners.
        raise UnreadableTableError from None


@contextmanager
def open_session(*, large: bool = False) -> Iterator[Session]:
    """Open an engine; a ``large`` one is bounded in memory and may put tables aside on disk."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        if not large:
            yield Session(connection)
            return
        with tempfile.TemporaryDirectory() as folder:
            connection.execute(f"set temp_directory = {_quote(Path(folder))}")
            connection.execute(f"set memory_limit = '{_MEMORY}'")
            # What is built in is enough; nothing is fetched.
            connection.execute("set autoload_known_extensions = false")
            yield Session(connection, Path(folder))
            connection.close()


def run_queries(tables: Sequence[Table], queries: Sequence[Query]) -> Mapping[str, Result]:
    """Return the result of each query that is told, by its name.

    The tables, and the results of earlier queries, can be spoken of by name. Everything is in memory and
    gone afterwards.
    """
    with open_session() as session:
        for table in tables:
            session.create_table(table)
        return session.run(queries)


def _quote(path: Path) -> str:
    """Write a path into a statement: table functions in views take no parameters, and take wildcards."""
    return "'" + re.sub(r"([*?\[])", r"[\1]", str(path)).replace("'", "''") + "'"


def _write_text(column: FileColumn) -> str:
    """Write the text of a cell, by the type of its column."""
    name = '"' + column.heading.replace('"', '""') + '"'
    text = f"cast({name} as varchar)"
    if column.is_float:
        # 12 is a number of an attempt, and a key; 12.0 is what a column with blanks makes of it.
        whole = f"{name} = trunc({name}) and abs({name}) < {_FLOATS[column.type]}"
        nine = f"rtrim(rtrim(cast(cast({name} as decimal(18,9)) as varchar), '0'), '.')"
        return (
            f"case when {whole} then cast(cast({name} as bigint) as varchar)"
            f" when abs({name}) < 1e7 then {nine} else upper({text}) end"
        )
    if column.type.startswith("DECIMAL") and not column.type.endswith(",0)"):
        return f"rtrim(rtrim({text}, '0'), '.')"
    if column.type.startswith("TIMESTAMP"):
        moment = f"make_timestamp(epoch_us({name}))"
        return f"case when isfinite({name}) then strftime({moment}, '%Y-%m-%dT%H:%M:%SZ') else {text} end"
    return text


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
