"""Tables that fit the terminal."""

import os
import shutil
import sys
from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from microcred_cli.texts.safe import safe

_PIPE_WIDTH = 120
_GAP = 3  # what rich puts around a cell of this box


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    numeric: frozenset[int] = frozenset(),
) -> None:
    """Print a table to stdout; the columns ``numeric`` are flush right.

    Cells are text as it stands in files: it is made safe here, and never taken for markup. A heading may
    have several lines.
    """
    table = Table(
        title=Text(safe(title)) if title else None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    fitting = fits(headings, rows)
    for index, heading in enumerate(headings):
        lines = Text("\n".join(map(safe, heading.split("\n"))))
        table.add_column(
            lines, justify="right" if index in numeric else "left", overflow="fold", no_wrap=fitting
        )
    for row in rows:
        table.add_row(*(Text(safe(cell)) for cell in row))
    _make_console().print(table)


def fits(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table can be printed without breaking its cells."""
    return measure_table(headings, rows) <= _measure_width()


def measure_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns of a terminal a table takes whose cells are not broken."""
    needed = [
        max(cell_len(safe(part)) for part in (*heading.split("\n"), *cells))
        for heading, *cells in zip(headings, *rows, strict=True)
    ]
    return sum(needed) + _GAP * len(needed)


def _measure_width() -> int:
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return _PIPE_WIDTH
    return shutil.get_terminal_size((80, 24)).columns


class _Console(Console):
    """A console whose reader may go away: guard.py deals with that, not rich."""

    def on_broken_pipe(self) -> None:
        """Let the error through; rich would end the program with 1."""
        raise  # noqa: PLE0704 - rich calls this while it handles the error


def _make_console() -> Console:
    return _Console(file=sys.stdout, width=_measure_width(), highlight=False, emoji=False, markup=False)
