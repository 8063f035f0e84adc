"""A table as a spreadsheet: XLSX, and ODS of OpenDocument, of one sheet of texts.

Of our own, as the readers are: nothing well kept writes ODS, and XlsxWriter would be a dependency for a
hundred lines. Cells are texts, so that nothing in them is worked out; a table is the same bytes at any time.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

_TIME = (1980, 1, 1, 0, 0, 0)


class Look(Enum):
    """How a row or a cell looks."""

    PLAIN = 0
    KEY = 1
    VALUE = 2
    HEADING = 3
    FIRST = 4
    FIRST_STRONG = 5
    STRONG = 6
    FAINT = 7
    FIRST_FAINT = 8


class Row(NamedTuple):
    """Cells with their looks; ``folded``: shown when a person unfolds it.

    ``lines`` is how high it is, about; with ``fixed`` programs keep to it, else they may find out.
    """

    cells: Sequence[tuple[str, Look]]
    lines: int
    folded: bool = False
    fixed: bool = False


class Table(NamedTuple):
    """A sheet: its name, the widths of its columns in characters, and its rows.

    ``heading`` is the row, from 1, of the headings, which stay in sight and are printed on every page; so do
    ``still`` columns. The second cell of each row above it goes across ``span`` columns.
    """

    name: str
    widths: Sequence[int]
    rows: Sequence[Row]
    heading: int
    still: int
    span: int

    @property
    def spanned(self) -> int:
        """How many rows there are above the heading."""
        return self.heading - 1


def pack(parts: Mapping[str, str], stored: Mapping[str, str] | None = None) -> bytes:
    """Return a ZIP archive; what is stored comes first, not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in (stored or {}).items():
            archive.writestr(zipfile.ZipInfo(path, _TIME), content.encode(), zipfile.ZIP_STORED)
        for path, content in parts.items():
            archive.writestr(zipfile.ZipInfo(path, _TIME), content.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
