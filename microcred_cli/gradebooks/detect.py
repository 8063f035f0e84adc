"""Which system an export comes from, told by what it holds, never by its file name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Protocol, cast

from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.texts.sheet import Sheet

UNKNOWN = "unknown"
PASSED_OVER = "passed over"
"""The fact that tells of sheets that were not read."""
# How ZIP archives, and so spreadsheets, and old Excel files begin.
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
# A heading and a row below it.
_FEWEST_ROWS = 2
_ADVICE = (
    "known: the exports of Canvas, Moodle, Blackboard, Brightspace, Sakai, Gradescope, PrairieLearn, "
    "Open edX and nbgrader as downloaded, and tables with a column “learner”: "
    "either learner,item,score or one column an item"
)


class System(Protocol):
    """What the file of a system offers."""

    SYSTEM: str

    def recognise(self, sheet: Sheet) -> str | None:
        """Return why the sheet is an export of this system, or None when it is none."""

    def read(self, sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
        """Return what the export says, with a problem for everything refused."""


# In the order in which they are tried, each loaded only then: the most frequent first, and last the one that
# in translation has no words of its own, only a shape.
_SYSTEMS = (
    "canvas",
    "generic_long",
    "generic_wide",
    "moodle_rubric",
    "moodle",
    "blackboard",
    "brightspace",
    "sakai",
    "canvas_outcomes",
    "canvas_rubric",
    "gradescope",
    "prairielearn",
    "openedx",
    "nbgrader",
    "canvas_mastery",
)


def load_systems() -> Iterator[System]:
    """Yield the systems whose exports are read, in the order in which they are tried."""
    for name in _SYSTEMS:
        yield cast("System", import_module(f"microcred_cli.gradebooks.{name}"))


def read_gradebook(file: str, data: bytes, settings: GradebookSettings) -> Gradebook:
    """Return what the bytes of an export say; ``file`` is the name that problems give as their place.

    The problems of the file come first, then those of its cells. A file of no known system has the
    system ``unknown`` and says so in a problem.
    """
    if not data.startswith(_PACKED):
        return _read_sheets(file, (read_sheet(file, data),), settings)
    from microcred_cli.texts.containers import Container, detect_container

    if detect_container(data) is Container.ZIP:
        return _read_archive(file, data, settings)
    from microcred_cli.texts.spreadsheet_reader import read_spreadsheet

    return _read_sheets(file, read_spreadsheet(file, data), settings)


def _read_sheets(file: str, sheets: Sequence[Sheet], settings: GradebookSettings) -> Gradebook:
    """Read the one sheet that a system recognises: a workbook may hold others beside it."""
    found = [
        (system, sheet, why)
        for sheet in sheets
        if len(sheet.rows) >= _FEWEST_ROWS
        for system, why in [_recognise(sheet)]
        if system is not None
    ]
    if len(found) == 1:
        ((system, sheet, why),) = found
        gradebook = system.read(sheet, settings, why)
        return _note_others(gradebook, [each for each in sheets if each is not sheet])
    if found:
        advice = "save the one that is meant as a file of its own"
        problem = Problem(f"{len(found)} sheets of this file are gradebooks", Place(file), advice)
        return Gradebook(file, UNKNOWN, "", problems=(problem,))
    from microcred_cli.gradebooks import gradescope_evaluations

    reason = gradescope_evaluations.recognise(sheets)
    if reason is not None:  # taken out of its archive
        return gradescope_evaluations.read(file, sheets, settings, reason)
    problems = [problem for sheet in sheets for problem in sheet.problems]
    if any(len(sheet.rows) >= _FEWEST_ROWS for sheet in sheets):
        problems.append(Problem("this is no export that microcred knows", Place(file, 1), _ADVICE))
    elif not problems:
        problems.append(Problem("there is a heading but no row below it", Place(file)))
    return Gradebook(file, UNKNOWN, "", problems=tuple(problems))


def _note_others(gradebook: Gradebook, others: Sequence[Sheet]) -> Gradebook:
    """Return the gradebook with what is wrong in the sheets beside it: one of them may be meant too."""
    if not others:
        return gradebook
    problems = (*gradebook.problems, *(problem for sheet in others for problem in sheet.problems))
    count = "1 other sheet" if len(others) == 1 else f"{len(others)} other sheets"
    return replace(gradebook, problems=problems, facts={**gradebook.facts, PASSED_OVER: count})


def _recognise(sheet: Sheet) -> tuple[System | None, str]:
    for system in load_systems():
        reason = system.recognise(sheet)
        if reason is not None:
            return system, reason
    return None, ""


def _read_archive(file: str, data: bytes, settings: GradebookSettings) -> Gradebook:
    from microcred_cli.gradebooks import gradescope_evaluations
    from microcred_cli.texts.archive_reader import read_archive, read_sheets

    archive = read_archive(file, data)
    if archive.problems:
        return Gradebook(file, UNKNOWN, "", problems=archive.problems)
    sheets = read_sheets(archive)
    reason = gradescope_evaluations.recognise(sheets)
    if reason is not None:
        return gradescope_evaluations.read(file, sheets, settings, reason)
    # What its files say is not passed on: in other archives their names are learners' names.
    advice = "of archives only the evaluations that Gradescope exports are read; unpack others"
    problem = Problem("this archive is no export that microcred knows", Place(file), advice)
    return Gradebook(file, UNKNOWN, "", problems=(problem,))
