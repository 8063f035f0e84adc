"""A large table as the engine sees it: a Parquet file, or a CSV file of the generic long layout."""

import csv
import io
from dataclasses import replace
from pathlib import Path

from microcred_cli.engines.duckdb_engine import Session
from microcred_cli.files.scanning import read_start
from microcred_cli.gradebooks import generic_long
from microcred_cli.gradebooks.long_sql import TEXTS, find_columns
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import DELIMITERS, copy_rows
from microcred_cli.texts.headed_table import frame_table
from microcred_cli.texts.sheet import Sheet, SheetRow
from microcred_cli.workflows.choose_engine import PARQUET, START, read_start_rows

FORMAT = "format"
"""The fact that a table is no text file but one of this format."""


def open_large_table(
    session: Session, path: Path, settings: GradebookSettings
) -> tuple[Sheet, GradebookSettings]:
    """Let the engine see a table as TEXTS, and return its first rows and how its numbers are to be read.

    With problems the sheet says why the table is refused. Raises UnreadableTableError.
    """
    start = read_start(path, START)
    if start.startswith(PARQUET):
        return _open_parquet(session, path, settings)
    sheet = read_start_rows(path, start)
    if sheet.problems and sheet.rows:  # the last of these rows may go on
        sheet = replace(sheet, rows=sheet.rows[:1], problems=())
    if sheet.problems:
        return sheet, settings
    if not sheet.rows or sheet.rows[0].number != 1 or generic_long.recognise(sheet) is None:
        message = "the first line of a table this large must be its heading"
        return _refuse(sheet, message, "delete what is above the columns learner, item and score"), settings
    session.attach_csv(TEXTS, path, len(sheet.rows[0].cells), find_delimiter(sheet))
    return sheet, settings


def find_delimiter(sheet: Sheet) -> str:
    """Return the delimiter that the facts of a sheet name."""
    return next((each for each, name in DELIMITERS.items() if name == sheet.facts["delimiter"]), ":")


def write_again(session: Session, path: Path, sheet: Sheet) -> Problem | None:
    """Let the engine see the rows of a CSV file as our own reader reads them; or return what this refuses.

    Engines are lenient with quotes and line breaks. It takes a minute for 20 million rows.
    """
    plain, width = session.folder / "rows.csv", len(sheet.rows[0].cells)
    with (
        path.open("rb") as stream,
        io.TextIOWrapper(stream, "utf-8-sig", newline="") as lines,
        plain.open("w", encoding="utf-8", newline="") as target,
    ):
        write = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow
        problem = copy_rows(sheet.file, lines, find_delimiter(sheet), width, write)
    if problem is None:
        session.attach_csv(TEXTS, plain, width, ",", parallel=False)
    return problem


def _open_parquet(
    session: Session, path: Path, settings: GradebookSettings
) -> tuple[Sheet, GradebookSettings]:
    described = session.attach_parquet(TEXTS, path)
    headings = [each.heading for each in described]
    sheet = Sheet(path.as_posix(), [SheetRow(1, headings)], {FORMAT: "Parquet"})
    if generic_long.recognise(sheet) is None:
        message = "a Parquet file is read if it has the columns learner, item and score"
        return _refuse(sheet, message, "rename its columns, one score a row"), settings
    columns = find_columns(frame_table(sheet))
    for at in columns.places.values():
        if not described[at].is_plain:
            message = "this column holds lists, records or bytes, not one value a row"
            return _refuse(sheet, message, "write it as text or as numbers", at), settings
    key = columns.places["learner"]
    if described[key].is_float and session.has_inexact(TEXTS, f"c{key}"):
        message = "this column holds fractions, or numbers whose last digits are lost; no key is like that"
        return _refuse(sheet, message, "write the keys as text or as whole numbers", key), settings
    numbers = [described[columns.places[name]] for name in ("score", "possible") if columns.has(name)]
    # Numbers that are numbers have no mark in the file; the engine writes them with a point.
    return sheet, replace(settings, decimal=".") if all(each.is_number for each in numbers) else settings


def _refuse(sheet: Sheet, message: str, advice: str, column: int | None = None) -> Sheet:
    heading = sheet.rows[0].cells[column] if column is not None else None
    place = Place(sheet.file, 1, None if column is None else column + 1, heading)
    return replace(sheet, problems=(Problem(message, place, advice),))
