"""Which gradebooks are read as records, and which are tables for the engine."""

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from microcred_cli.files.reading import is_file
from microcred_cli.files.scanning import read_start
from microcred_cli.gradebooks import generic_long
from microcred_cli.model.errors import UsageError
from microcred_cli.texts.csv_reader import DELIMITERS, read_sheet
from microcred_cli.texts.sheet import MAXIMUM_BYTES, MAXIMUM_CELLS, Sheet

if TYPE_CHECKING:
    from microcred_cli.workflows.gather_inputs import Sources

PARQUET = b"PAR1"
START = 200_000
"""So many bytes show what a text file is like."""
# How ZIP archives (so spreadsheets), old Excel files, and texts in UTF-16 begin.
_OTHERS = (b"PK", b"\xd0\xcf\x11\xe0", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def takes_engine(sources: "Sources") -> bool:
    """Return whether a gradebook is a table for the engine.

    Raises UsageError for what such a table cannot have beside it, and UnreadableFileError.
    """
    name = next((path.as_posix() for path in sources.gradebooks if is_large(path)), None)
    if name is None:
        return False
    what = f"{name} is a large table or Parquet file, which"
    if len(sources.gradebooks) > 1:
        raise UsageError(f"{what} is assessed alone", "make one long table of all")
    for option, given in (("--held", sources.held), ("--overrides", sources.overrides)):
        if given is not None:
            raise UsageError(f"{what} takes no {option}", "leave it out")
    if sources.skip_invalid:
        raise UsageError(f"{what} leaves nobody out", "correct the rows, or leave --skip-invalid out")
    return True


def is_large(path: Path) -> bool:
    """Return whether a gradebook is a Parquet file, or a long table with too many rows for records."""
    if not is_file(path):
        return False
    start = read_start(path, START)
    if start.startswith(PARQUET):
        return True
    size = path.stat().st_size
    if size <= MAXIMUM_CELLS or start.startswith(_OTHERS):
        return False
    # Whatever is no long table is refused as before: too large.
    if generic_long.recognise(read_start_rows(path, start)) is None:
        return False
    return size > MAXIMUM_BYTES or _count_cells(read_start(path, MAXIMUM_BYTES)) > MAXIMUM_CELLS


def read_start_rows(path: Path, start: bytes) -> Sheet:
    """Return the whole rows among the first bytes of a text file."""
    end = max(start.rfind(b"\n"), start.rfind(b"\r"))
    return read_sheet(path.as_posix(), start[: end + 1])


def _count_cells(data: bytes) -> int:
    """Return about how many cells a text has, at least so many as it has."""
    return max(data.count(delimiter.encode()) for delimiter in DELIMITERS) + data.count(b"\n") + 1
