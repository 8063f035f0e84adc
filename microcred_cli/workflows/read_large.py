"""A long table too large for records, through the engine: what it says, and what is wrong with it."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from microcred_cli.engines.duckdb_engine import Session, UnreadableTableError, explain_unreadable
from microcred_cli.files.scanning import FileScan, scan_file
from microcred_cli.gradebooks import generic_long
from microcred_cli.gradebooks.long_sql import (
    KEYS,
    KINDS,
    LEARNER_KEYS,
    ROWS,
    LongColumns,
    build_odd_keys,
    compose_blank_rows,
    compose_cells,
    compose_keys,
    compose_kinds,
    compose_rows,
    find_columns,
    list_rows,
    list_witnesses,
)
from microcred_cli.gradebooks.long_texts import build_used
from microcred_cli.gradebooks.wide import read_mark
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import CUT, find_blank_row, read_sheet
from microcred_cli.texts.csv_reader import ROWS as ROWS_READ
from microcred_cli.texts.headed_table import frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import Sheet
from microcred_cli.workflows.choose_engine import START
from microcred_cli.workflows.open_large import FORMAT, attach_rows, find_delimiter, open_large_table

# Of so many different rows each is read as any table is; that takes half a minute.
MAXIMUM_WITNESSES = 500_000
_MAXIMUM_SUSPECTS = 1_000
_DIFFERENT = "the table says more than {:,} different things in words, dates or items"


@dataclass(frozen=True, slots=True)
class LargeTable:
    """A large table in the engine: ``gradebook`` is what its witnesses say, ``rows`` are their cells."""

    path: Path
    columns: LongColumns
    mark: DecimalMark
    settings: GradebookSettings
    gradebook: Gradebook
    rows: Sequence[dict[str, Any]]
    scan: FileScan
    facts: Mapping[str, str]

    @property
    def file(self) -> str:
        """The name that problems give."""
        return self.path.as_posix()


def read_large_table(
    session: Session, path: Path, settings: GradebookSettings
) -> tuple[LargeTable | None, tuple[Problem, ...]]:
    """Load a table and read its witnesses; or return the problems for which it cannot be taken."""
    file = path.as_posix()
    with ThreadPoolExecutor(1) as pool:
        scanning = pool.submit(scan_file, path)
        try:
            sheet, settings = open_large_table(session, path, settings)
            if sheet.problems:
                return None, sheet.problems
            columns, mark = _load(session, sheet, settings)
        except UnreadableTableError as error:
            return None, (_describe_unreadable(path, error.line),)
        scan = scanning.result()
    if problem := _check_lines(session, path, sheet, scan):
        return None, (problem,)
    _leave_out_blank(session, columns)
    _read_keys(session)
    session.execute(f"create or replace table {KINDS} as {compose_kinds(columns)}")
    items = list_items(session)
    only = settings.only if settings.only is not None else {fold_name(item) for item in items}
    session.create_table(build_used(items, {name: number for number, name in enumerate(sorted(only))}))
    ids = _find_witnesses(session, columns)
    if len(ids) > MAXIMUM_WITNESSES:
        advice = "is a column of remarks among the scores? divide the file, if not"
        return None, (Problem(_DIFFERENT.format(MAXIMUM_WITNESSES), Place(file), advice),)
    facts = _list_facts(sheet, scan)
    table = LargeTable(path, columns, mark, settings, Gradebook(file, "", ""), (), scan, facts)
    table = read_rows(session, table, ids)
    if table.mark is not read_mark(table.gradebook):
        # The start of the file showed no mark, or another one.
        again = replace(settings, decimal=str(read_mark(table.gradebook)))
        return read_large_table(session, path, again)
    return table, ()


def read_rows(session: Session, table: LargeTable, ids: Iterable[int]) -> LargeTable:
    """Return the table with these of its rows, by rowid, as what its gradebook says."""
    names = list_names(session, table.columns)
    found = session.fetch(compose_cells(table.columns), sorted(set(ids)))
    rows = [dict(zip(names, row, strict=True)) for row in found]
    sheet = Sheet(table.file, list_rows(table.columns, rows, table.mark), table.facts)
    gradebook = generic_long.read(sheet, table.settings, generic_long.recognise(sheet) or "")
    return replace(table, gradebook=gradebook, rows=rows)


def list_names(session: Session, columns: LongColumns) -> list[str]:
    """Return the names of the columns of ``compose_cells``."""
    return [row[0] for row in session.fetch("describe " + compose_cells(columns), [])]


def _list_facts(sheet: Sheet, scan: FileScan) -> dict[str, str]:
    """Return the facts of the whole file, by those of its start."""
    facts = {name: fact for name, fact in sheet.facts.items() if name not in {ROWS_READ, CUT}}
    if not scan.is_ended and FORMAT not in facts:
        facts[CUT] = "no line break after the last row: if the file was cut off, look there"
    return facts


def _load(session: Session, sheet: Sheet, settings: GradebookSettings) -> tuple[LongColumns, DecimalMark]:
    """Create ROWS, by the decimal mark that is told or that the first rows show."""
    table = frame_table(sheet)
    columns = find_columns(table)
    mark = DecimalMark(settings.decimal or read_mark(generic_long.read(sheet, settings, "")))
    statement = f"create or replace table {ROWS} as {compose_rows(columns, mark)}"
    try:
        with explain_unreadable():
            session.execute(statement)
    except UnreadableTableError:
        if FORMAT in sheet.facts:
            raise
        # It may be a line break inside quotes.
        attach_rows(session, Path(sheet.file), sheet, parallel=False)
        with explain_unreadable():
            session.execute(statement)
    broken = session.fetch(f"select min(r.rowid) from {ROWS} r where not r.is_whole")[0][0]
    if broken is not None:
        raise UnreadableTableError(broken + 2)
    return columns, mark


def _describe_unreadable(path: Path, line: int | None) -> Problem:
    """Return what the strict reader says of the row that the engine stumbled over."""
    file = path.as_posix()
    if line is None:
        message = "this file is damaged, or its line breaks are of several kinds"
        return Problem(message, Place(file), "export or download it again")
    with path.open("rb") as stream:
        heading = stream.readline(START)
        row = next((text for number, text in enumerate(stream, start=2) if number == line), b"")
    problems = frame_table(read_sheet(file, heading + row[:START])).problems
    place = Place(file, line)
    if problems:
        return replace(problems[0], place=place)
    return Problem("this row cannot be read", place, "look for a missing quote, here or in the rows above")


def _check_lines(session: Session, path: Path, sheet: Sheet, scan: FileScan) -> Problem | None:
    """Return why rows may have been lost, or counted otherwise than a person counts them."""
    if FORMAT in sheet.facts:
        return None
    if scan.nul_line is not None:
        return Problem("a NUL character: this is no text file", Place(sheet.file, scan.nul_line))
    ((count,),) = session.fetch(f"select count(*) from {ROWS}")
    if count + 1 == scan.lines:
        return None
    # Blank lines, or line breaks within quotes: our own reader has to count.
    with path.open("rb") as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        rows, blank = find_blank_row(text, find_delimiter(sheet))
    if blank is not None:
        return Problem(
            "this row is blank",
            Place(sheet.file, blank),
            "delete it: in a table this large no row is passed over",
        )
    if rows != count + 1:
        return Problem(
            "the rows of this file can be counted in two ways", Place(sheet.file), "save it as Parquet"
        )
    return None


def _leave_out_blank(session: Session, columns: LongColumns) -> None:
    """Let rows of nothing but blank cells be no learner's, as a reader passes them over."""
    if session.fetch(f"select 1 from ({compose_blank_rows(columns)}) limit 1"):
        session.execute(
            f"update {ROWS} set learner = null, item = null where rowid in ({compose_blank_rows(columns)})"
        )


def _read_keys(session: Session) -> None:
    session.execute(f"create or replace table {KEYS} as {compose_keys()}")
    odd = [row[0] for row in session.fetch(f"select k.text from {KEYS} k where not k.plain")]
    session.execute("drop table if exists odd_keys")
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


def list_suspects(session: Session, queries: Iterable[str]) -> Iterator[int]:
    """Yield the rowids that queries name, so many of each as people can look at."""
    for query in queries:
        for row in session.fetch(f"{query} limit {_MAXIMUM_SUSPECTS}"):
            yield from (each for each in row if each is not None)
