"""The grid: criteria down, levels across, as people draw rubrics in spreadsheets.

Our own has what a rubric says as a whole above the table and reads back as the same rubric; one that somebody
else drew is told by its headings, and by cells that describe.
"""

from microcred_cli.exchange.draft import Imported
from microcred_cli.exchange.grids.drawn_grid import read_grid
from microcred_cli.exchange.grids.drawn_layout import find_grid
from microcred_cli.exchange.grids.form import SYSTEM, find_heading, read_form
from microcred_cli.exchange.grids.grid_write import write, write_as_ods, write_as_xlsx
from microcred_cli.texts.sheet import Sheet

__all__ = ["SYSTEM", "read", "recognise", "write", "write_as_ods", "write_as_xlsx"]


def recognise(sheet: Sheet) -> bool:
    """Return whether the table is a rubric's grid, and no other table that somebody may hand in."""
    return find_heading(sheet) is not None or find_grid(sheet) is not None


def read(sheet: Sheet) -> Imported:
    """Return the rubric of the sheet; what was guessed or left out is said beside it."""
    heading = find_heading(sheet)
    if heading is not None:
        return read_form(sheet, heading)
    grid = find_grid(sheet)
    return Imported(SYSTEM, (), sheet.problems) if grid is None else read_grid(sheet, grid)
