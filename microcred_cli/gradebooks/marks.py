"""The decimal mark of an export: shown by its cells, told by the user, or asked for; never guessed."""

from collections.abc import Sequence

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.numbers import DecimalMark, find_decimal_marks, parse_number


def find_mark(
    cells: Sequence[tuple[str, Place]], settings: GradebookSettings
) -> tuple[DecimalMark, Problem | None]:
    """Return the mark that all cells of a file use, and a problem when nothing shows or tells it.

    In a file that contradicts itself the mark seen first holds, and the cells of the other are refused; a
    number that either mark can be read in is then a problem of its own.
    """
    if settings.decimal is not None:
        return DecimalMark(settings.decimal), None
    witnesses = find_decimal_marks(text for text, _ in cells)
    if witnesses:
        first = min(witnesses, key=witnesses.__getitem__)
        return first, _find_ambiguous(cells) if len(witnesses) > 1 else None
    if settings.usual_decimal is not None:
        return DecimalMark(settings.usual_decimal), None
    return DecimalMark.POINT, _find_ambiguous(cells)


def _find_ambiguous(cells: Sequence[tuple[str, Place]]) -> Problem | None:
    """Return the problem of the first number that each mark makes another one of."""
    for text, place in cells:
        readings = {parse_number(text, mark) for mark in DecimalMark}
        if len(readings) > 1 and None not in readings:
            message = "whether the mark in this number divides thousands or decimals cannot be told"
            return Problem(message, place, "say `--decimal .` or `--decimal ,`", content=text)
    return None
