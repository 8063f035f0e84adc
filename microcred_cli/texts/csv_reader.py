"""The strict CSV reader.

What Python's csv module passes over in silence is refused here: an unbalanced quote that swallows the
rest, a row that is too short or too long, NUL characters, other encodings than UTF-8.
"""

import csv
import io
from dataclasses import dataclass

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.names import fold_name

MAXIMUM_BYTES = 12_000_000
MAXIMUM_CELLS = 1_500_000
MAXIMUM_PROBLEMS = 1_000
MAXIMUM_COLUMNS = 10_000
DELIMITERS = (",", ";", "\t")
_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row and its number, counted as a spreadsheet does."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The heading and the rows below it, all of one length; blank rows are left out.

    When there are problems the rows are those that could be read.
    """

    file: str
    heading: list[str]
    rows: list[CsvRow]
    delimiter: str = ","
    encoding: str = "UTF-8"
    problems: tuple[Problem, ...] = ()

    @property
    def delimiter_name(self) -> str:
        """The delimiter in a word."""
        return _DELIMITER_NAMES[self.delimiter]

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return the place of a cell; its column counts from 0 here, as a list does."""
        heading = self.heading[column] if column is not None else None
        return Place(self.file, row, None if column is None else column + 1, heading)


def read_csv(file: str, data: bytes, *, bounded: bool = True) -> CsvTable:
    """Return the table that the bytes of a file hold, with a problem for everything refused.

    The delimiter is the one of comma, semicolon and tab that divides the heading most. ``bounded`` refuses
    what would take more memory than a gradebook may; the program's own tables have no such bound.
    """
    if bounded and len(data) > MAXIMUM_BYTES:
        problem = Problem(f"the file has more than {MAXIMUM_BYTES:,} bytes", Place(file))
        return CsvTable(file, [], [], problems=(problem,))
    encoding = "UTF-8 with byte order mark" if data.startswith(b"\xef\xbb\xbf") else "UTF-8"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return CsvTable(file, [], [], problems=(_describe_encoding(file, data, error),))
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        problem = Problem("a NUL character: this is no text file", Place(file, row))
        return CsvTable(file, [], [], problems=(problem,))
    delimiter = _find_delimiter(text)
    heading, rows, problems = _read_rows(file, text, delimiter)
    if bounded and len(heading) * len(rows) > MAXIMUM_CELLS:
        message = f"{len(heading) * len(rows):,} cells; at most {MAXIMUM_CELLS:,} are read"
        return CsvTable(file, [], [], problems=(Problem(message, Place(file), "divide the file"),))
    return CsvTable(file, heading, rows, delimiter, encoding, tuple(problems))


def _describe_encoding(file: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    advice = "in Excel choose “Save as” and “CSV UTF-8”"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem("the file is UTF-16, not UTF-8", Place(file), advice)
    if data.startswith(b"PK\x03\x04"):
        return Problem("this is a spreadsheet or an archive, not a CSV file", Place(file), advice)
    return Problem("the file is not UTF-8", Place(file, data.count(b"\n", 0, error.start) + 1), advice)


def _find_delimiter(text: str) -> str:
    """Return the delimiter that divides the first row into most cells; the comma when none does."""
    start = text.lstrip("\r\n")
    first = start[: min((index for index in (start.find("\n"), start.find("\r")) if index >= 0), default=-1)]
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted = False
    for character in first or start:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in counts:
            counts[character] += 1
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def _read_rows(file: str, text: str, delimiter: str) -> tuple[list[str], list[CsvRow], list[Problem]]:
    """Return heading, rows and problems."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    heading: list[str] | None = None
    rows: list[CsvRow] = []
    problems: list[Problem] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if heading is None:
                if any(cell.strip() for cell in cells):
                    heading = cells
                    if len(cells) > MAXIMUM_COLUMNS:
                        message = f"{len(cells):,} columns; at most {MAXIMUM_COLUMNS:,} are read"
                        return [], [], [Problem(message, Place(file, number))]
                continue
            if len(cells) == len(heading):
                rows.append(CsvRow(number, cells))
            elif any(cell.strip() for cell in cells):
                noun = "cell" if len(cells) == 1 else "cells"
                message = f"the row has {len(cells)} {noun}, the heading {len(heading)}"
                advice = "look for a missing quote or a delimiter inside a cell, here or in the row above"
                problems.append(Problem(message, Place(file, number), advice))
                if len(problems) >= MAXIMUM_PROBLEMS:
                    problems.append(Problem("too many such rows; the rest was not read", Place(file, number)))
                    break
    except csv.Error as error:
        problems.append(_describe_csv_error(file, number + 1, error))
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if heading is None and not problems:
        problems.append(Problem("the file is empty", Place(file)))
    return heading or [], rows, problems


def _describe_csv_error(file: str, row: int, error: csv.Error) -> Problem:
    reason = str(error)
    if "field larger" in reason:
        return Problem(
            "a cell is too long", Place(file, row), "a quote that is never closed makes a cell endless"
        )
    if "unexpected end" in reason:
        return Problem(
            "a quote that opens in this row is never closed",
            Place(file, row),
            'write a quote inside a cell as ""',
        )
    return Problem(
        "a quoted cell goes on after its closing quote", Place(file, row), 'write a quote inside a cell as ""'
    )


def find_column(table: CsvTable, name: str) -> int | None:
    """Return the index of the first column of that heading, None when there is none."""
    folded = fold_name(name)
    for column, heading in enumerate(table.heading):
        if fold_name(heading) == folded:
            return column
    return None
