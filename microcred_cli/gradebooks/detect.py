"""Which system an export comes from, told by what it holds, never by its file name."""

from typing import Protocol

from microcred_cli.gradebooks import canvas, generic_long, generic_wide
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.texts.sheet import Sheet

UNKNOWN = "unknown"
# A heading and a row below it.
_FEWEST_ROWS = 2


class System(Protocol):
    """What the file of a system offers."""

    def recognise(self, sheet: Sheet) -> str | None:
        """Return why the sheet is an export of this system, or None when it is none."""

    def read(self, sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
        """Return what the export says, with a problem for everything refused."""


_SYSTEMS: tuple[System, ...] = (canvas, generic_long, generic_wide)


def read_gradebook(file: str, data: bytes, settings: GradebookSettings) -> Gradebook:
    """Return what the bytes of an export say; ``file`` is the name that problems give as their place.

    The problems of the file come first, then those of its cells. A file of no known system has the
    system ``unknown`` and says so in a problem.
    """
    sheet = read_sheet(file, data)
    if len(sheet.rows) < _FEWEST_ROWS:
        problems = sheet.problems or (Problem("there is a heading but no row below it", Place(file)),)
        return Gradebook(file, UNKNOWN, "", problems=problems)
    for system in _SYSTEMS:
        reason = system.recognise(sheet)
        if reason is not None:
            return system.read(sheet, settings, reason)
    problem = Problem(
        "this is no export that microcred knows",
        Place(file, 1),
        "known: the Canvas gradebook export (Grades, Export), and tables with a column “learner”: "
        "either learner,item,score or one column an item",
    )
    return Gradebook(file, UNKNOWN, "", problems=(*sheet.problems, problem))
