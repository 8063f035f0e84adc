"""The strict CSV reader.

What Python's csv module passes over in silence is refused here: an unbalanced quote that swallows the
rest, a row that is too short or too long, NUL characters, other encodings than UTF-8 and marked UTF-16.
"""

import codecs
import csv
import io
import itertools
from collections.abc import Callable, Iterable, Iterator

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.headed_table import HeadedTable, describe_width, frame_table
from microcred_cli.texts.sheet import MAXIMUM_BYTES, MAXIMUM_CELLS, MAXIMUM_COLUMNS, Sheet, SheetRow

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
# Moodle offers it; elsewhere a colon is a part of titles.
_RARE = {":": "colon"}
# So many rows show whether a delimiter divides them alike.
_SEVERAL = 3
# Some exports begin with lines about themselves, which nothing divides.
_FIRST_LINES = 20
# The fact that says of a file that its last row may not be whole.
CUT = "end"
ROWS = "rows"
"""The fact that tells from which row to which there are rows."""
_TOO_LARGE = "larger may be only tables in UTF-8 whose first row has the columns learner, item and score"
_AS_UTF_8 = "in Excel choose “Save as” and “CSV UTF-8”"
_ZIPPED = b"PK\x03\x04"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_csv(file: str, data: bytes, *, bounded: bool = True) -> HeadedTable:
    """Return the table that the bytes of a file hold, its first row the heading.

    There is a problem for everything refused. ``bounded`` refuses what would take more memory than a
    gradebook may; the program's own tables have no such bound.
    """
    return frame_table(read_sheet(file, data, bounded=bounded))


def read_sheet(file: str, data: bytes, *, bounded: bool = True) -> Sheet:
    """Return the rows that the bytes of a file hold, of whatever length.

    The delimiter is the one of comma, semicolon and tab that divides the first row that any of them divides
    into most cells, and the first rows alike; the colon where the first row has several and none of these.
    """
    if bounded and len(data) > MAXIMUM_BYTES:
        problem = Problem(f"the file has more than {MAXIMUM_BYTES:,} bytes", Place(file), _TOO_LARGE)
        return Sheet(file, [], problems=(problem,))
    if data.startswith(_ZIPPED):
        return _refuse(file, "this is a spreadsheet or an archive, not a CSV file")
    if data.startswith(_UTF_16):
        encoding, name = "UTF-16", "utf-16"
    else:
        marked = data.startswith(codecs.BOM_UTF8)
        encoding, name = "UTF-8 with byte order mark" if marked else "UTF-8", "utf-8-sig"
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        return Sheet(file, [], problems=(_describe_encoding(file, data, encoding, error),))
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        return _refuse(file, "a NUL character: this is no text file", row)
    delimiter = _find_delimiter(text)
    rows, problems = _read_rows(file, text, delimiter, bounded=bounded)
    facts = {"encoding": encoding, "delimiter": (DELIMITERS | _RARE)[delimiter]}
    if rows:
        facts[ROWS] = f"{rows[0].number} to {rows[-1].number}"
        if not text.endswith(("\n", "\r")):
            facts[CUT] = f"no line break after row {rows[-1].number}: if the file was cut off, look there"
    if not rows and not problems:
        return _refuse(file, "the file is empty")
    return Sheet(file, rows, facts, tuple(problems))


def _refuse(file: str, message: str, row: int | None = None) -> Sheet:
    return Sheet(file, [], problems=(Problem(message, Place(file, row)),))


def _describe_encoding(file: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> Problem:
    if encoding == "UTF-16":
        return Problem("the file ends in the middle of a character: it was cut off", Place(file))
    return Problem("the file is not UTF-8", Place(file, data.count(b"\n", 0, error.start) + 1), _AS_UTF_8)


def _find_delimiter(text: str) -> str:
    lines = io.StringIO(text.lstrip("\r\n"), newline=None)
    for number, line in zip(range(_FIRST_LINES), lines, strict=False):
        counts = _count_outside_quotes(line, DELIMITERS)
        if any(counts.values()):
            return _choose_delimiter(text, counts)
        rare = _count_outside_quotes(line, _RARE)
        # One colon is a line such as `Course: Biology`; a gradebook has more columns than two.
        if number == 0 and max(rare.values()) > 1:
            return max(rare, key=lambda delimiter: rare[delimiter])
    return ","


def _choose_delimiter(text: str, counts: dict[str, int]) -> str:
    """Return the delimiter that divides most, of those that divide the first rows alike if any does.

    A title may hold more semicolons than a heading has commas.
    """
    found = sorted((each for each in counts if counts[each]), key=lambda each: -counts[each])
    return next((each for each in found if _divides_alike(text, each)), found[0]) if found[1:] else found[0]


def _divides_alike(text: str, delimiter: str) -> bool:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        widths = list(itertools.islice((len(cells) for cells in rows if any(cells)), _SEVERAL))
    except csv.Error:
        return False
    return len(set(widths)) == 1 and widths[0] > 1


def _count_outside_quotes(line: str, delimiters: dict[str, str]) -> dict[str, int]:
    counts = dict.fromkeys(delimiters, 0)
    quoted = False
    for character in line:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in counts:
            counts[character] += 1
    return counts


def _read_rows(
    file: str, text: str, delimiter: str, *, bounded: bool
) -> tuple[list[SheetRow], list[Problem]]:
    """Return the rows that are not blank, and the problem that ended the reading early, if one did."""
    reader: Iterator[list[str]] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[SheetRow] = []
    number, cells_read = 0, 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cells) or not any(cell.strip() for cell in cells):
                continue
            cells_read += len(cells)
            if len(cells) > MAXIMUM_COLUMNS:
                message = f"{len(cells):,} columns; at most {MAXIMUM_COLUMNS:,} are read"
                return [], [Problem(message, Place(file, number))]
            if bounded and cells_read > MAXIMUM_CELLS:
                message = f"more than {MAXIMUM_CELLS:,} cells"
                return [], [Problem(message, Place(file, number), "divide the file")]
            rows.append(SheetRow(number, cells))
    except csv.Error as error:
        return rows, [_describe_csv_error(file, number + 1, error)]
    return rows, []


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


def copy_rows(
    file: str, lines: Iterable[str], delimiter: str, width: int, write: Callable[[list[str]], object]
) -> Problem | None:
    """Write each row of a text of any size, blank ones too, as so many cells; or return why it is refused.

    The rows written so far are then no more than that.
    """
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), start=1):
            if not any(cell.strip() for cell in cells):
                write([""] * width)
            elif len(cells) != width:
                return describe_width(file, number, len(cells), width)
            else:
                write(cells)
    except csv.Error as error:
        return _describe_csv_error(file, number + 1, error)
    except UnicodeDecodeError:
        return Problem("the file is not UTF-8", Place(file, number + 1), _AS_UTF_8)
    return None
