"""The rows of a large table into the engine, all of them and each as our own reader would read it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from microcred_cli.engines.duckdb_engine import Session, UnreadableTableError, explain_unreadable
from microcred_cli.files.scanning import FileScan, scan_file
from microcred_cli.gradebooks import generic_long
from microcred_cli.gradebooks.long_sql import (
    ROWS,
    LongColumns,
    compose_blank_rows,
    compose_marks,
    compose_rows,
    find_columns,
)
from microcred_cli.gradebooks.wide import read_mark
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import CUT
from microcred_cli.texts.csv_reader import ROWS as FIRST_ROWS
from microcred_cli.texts.headed_table import frame_table
from microcred_cli.texts.numbers import DecimalMark, find_decimal_marks
from microcred_cli.texts.sheet import Sheet
from microcred_cli.workflows.open_large import FORMAT, find_delimiter, open_large_table, write_again


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """A table whose rows are ROWS in the engine; ``mark`` is that by which its numbers were read."""

    path: Path
    columns: LongColumns
    mark: DecimalMark
    settings: GradebookSettings
    scan: FileScan
    facts: dict[str, str]

    @property
    def file(self) -> str:
        """The name that problems give."""
        return self.path.as_posix()


def load_large_table(session: Session, path: Path, settings: GradebookSettings) -> LoadedTable | Problem:
    """Load a table; or return the problem for which it cannot be taken."""
    with ThreadPoolExecutor(1) as pool:
        scanning = pool.submit(scan_file, path)
        try:
            sheet, settings = open_large_table(session, path, settings)
            if sheet.problems:
                return sheet.problems[0]
            table = _start(path, sheet, settings)
            is_filled = _fill(session, table)
        except UnreadableTableError:
            return _describe_damage(path.as_posix())
        table = replace(table, scan=scanning.result())
    table = replace(table, facts=_list_facts(sheet, table.scan))
    if problem := _check_rows(session, table, sheet, is_filled=is_filled):
        return problem
    if not session.fetch(f"select 1 from {ROWS} limit 1"):
        return Problem("there is a heading but no row below it", Place(table.file))
    if (mark := _find_mark(session, table)) is not table.mark:
        table = replace(table, mark=mark)
        _fill(session, table)
    _leave_out_blank(session, table.columns)
    return table


def _start(path: Path, sheet: Sheet, settings: GradebookSettings) -> LoadedTable:
    """Return the table by what its first rows show."""
    columns = find_columns(frame_table(sheet))
    mark = DecimalMark(settings.decimal or read_mark(generic_long.read(sheet, settings, "")))
    nothing = FileScan("", 0, None, is_ended=True, is_plain=True, has_tabbed_quotes=False)
    return LoadedTable(path, columns, mark, settings, nothing, {})


def _list_facts(sheet: Sheet, scan: FileScan) -> dict[str, str]:
    """Return the facts of the whole file, by those of its start."""
    facts = {name: fact for name, fact in sheet.facts.items() if name not in {FIRST_ROWS, CUT}}
    if not scan.is_ended and FORMAT not in facts:
        facts[CUT] = "no line break after the last row: if the file was cut off, look there"
    return facts


def _fill(session: Session, table: LoadedTable) -> bool:
    """Create ROWS, and return whether the engine could, and found each row as long as the heading."""
    try:
        with explain_unreadable():
            session.execute(f"create or replace table {ROWS} as {compose_rows(table.columns, table.mark)}")
    except UnreadableTableError:
        return False
    return not session.fetch(f"select 1 from {ROWS} r where not r.is_whole limit 1")


def _check_rows(session: Session, table: LoadedTable, sheet: Sheet, *, is_filled: bool) -> Problem | None:
    """Return why the rows are not those of the file, having tried to read them in our own way."""
    if FORMAT in sheet.facts:
        return None if is_filled else _describe_damage(table.file)
    scan = table.scan
    if scan.nul_line is not None:
        return Problem("a NUL character: this is no text file", Place(table.file, scan.nul_line))
    has_odd_quotes = scan.has_tabbed_quotes and find_delimiter(sheet) != "\t"
    if is_filled and scan.is_plain and not has_odd_quotes:
        ((count,),) = session.fetch(f"select count(*) from {ROWS}")
        if count + 1 == scan.lines:
            return None
    if problem := write_again(session, table.path, sheet):
        return problem
    if _fill(session, table):
        return None
    return Problem("the engine cannot read this file", Place(table.file), "save it as Parquet")


def _describe_damage(file: str) -> Problem:
    return Problem("this Parquet file is damaged, or was cut off", Place(file), "write or download it again")


def _find_mark(session: Session, table: LoadedTable) -> DecimalMark:
    """Return the decimal mark to read the rows by: the other one where only that shows in them."""
    if table.settings.decimal is not None:
        return table.mark
    shown = [row[0] for query in compose_marks(table.columns, table.mark) for row in session.fetch(query)]
    witnesses = find_decimal_marks(shown)
    return next(iter(witnesses)) if len(witnesses) == 1 else table.mark


def _leave_out_blank(session: Session, columns: LongColumns) -> None:
    """Let rows of nothing but blank cells be no learner's, as a reader passes them over."""
    blank = compose_blank_rows(columns)
    if session.fetch(f"select 1 from ({blank}) limit 1"):
        session.execute(f"update {ROWS} set learner = null, item = null where rowid in ({blank})")
