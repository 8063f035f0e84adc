"""The decimal mark of an export: shown by its cells, told by the user, or asked for; never guessed."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.numbers import DecimalMark, find_decimal_marks, parse_number

T = TypeVar("T")


def find_mark(
    cells: Sequence[tuple[str, T]], locate: Callable[[T], Place], settings: GradebookSettings
) -> tuple[DecimalMark, Problem | None]:
    """Return the mark that all cells of a file use, and a problem when nothing shows or tells it.

    ``locate`` makes a place of what stands beside a cell's text: few cells ever need theirs.
    In a file that contradicts itself the mark seen first holds, and the cells of the other are refused; a
    number that either mark can be read in is then a problem of its own.
    """
    if settings.decimal is not None:
        return DecimalMark(settings.decimal), None
    witnesses = find_decimal_marks(text for text, _ in cells)
    if witnesses:
        first = min(witnesses, key=witnesses.__getitem__)
        return first, _find_ambiguous(cells, locate) if len(witnesses) > 1 else None
    if settings.usual_decimal is not None:
        return DecimalMark(settings.usual_decimal), None
    return DecimalMark.POINT, _find_ambiguous(cells, locate)


def _find_ambiguous(cells: Sequence[tuple[str, T]], locate: Callable[[T], Place]) -> Problem | None:
    """Return the problem of the first number that each mark makes another one of."""
    for text, spot in cells:
        readings = {parse_number(text, mark) for mark in DecimalMark}
        if len(readings) > 1 and None not in readings:
            message = "whether the mark in this number divides thousands or decimals cannot be told"
            return Problem(message, locate(spot), "say `--decimal .` or `--decimal ,`", content=text)
    return None
