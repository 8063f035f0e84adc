"""The cells that are evidence, and what is wrong with those that no method can work with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from microcred_cli.assessment.matching import Cell, Match, list_words
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.names import fold_name

MAXIMUM_SHARE = 10
"""No extra credit is worth more than so many times the item; a slipped decimal mark is."""

_Used = Mapping[tuple[int, str], Sequence[Match]]
_Scale = tuple[str, Decimal | None]
"""An item and its points possible."""


def collect_cells(
    matches: Sequence[Match], gradebooks: Sequence[Gradebook]
) -> tuple[tuple[Cell, ...], tuple[Problem, ...]]:
    """Return every cell of the items in use, and a problem for each that no method can work with.

    A problem is its learner's own, unless the points possible may be what is wrong: see ``_doubt_scales``.
    """
    used: dict[tuple[int, str], list[Match]] = {}
    for match in matches:
        used.setdefault((match.book, match.heading), []).append(match)
    cells = []
    problems: list[Problem] = []
    of_scale: list[tuple[_Scale, int]] = []
    sources: dict[tuple[str, int, int], int] = {}
    for book, gradebook in enumerate(gradebooks):
        for score in gradebook.scores:
            of_item = used.get((book, score.item))
            if of_item is None:
                continue
            cell = Cell(gradebook.file, score, book)
            cells.append(cell)
            if score.state is not CellState.SCORE:
                continue
            firsts = [
                sources.setdefault((score.learner, match.goal.number, match.position), book)
                for match in of_item
            ]
            if any(first != book for first in firsts):
                message = f"{gradebooks[min(firsts)].file} has a score of the same learner and item"
                advice = "leave one of the two files out"
                problems.append(Problem(message, cell.place, advice, learner=score.learner))
            elif (problem := _check_meaning(cell, of_item)) is not None:
                problems.append(problem)
            elif (problem := _check_scale(cell, of_item)) is not None:
                of_scale.append((_name_scale(cell), len(problems)))
                problems.append(problem)
    if of_scale:
        _doubt_scales(problems, of_scale, cells, used)
    return tuple(cells), tuple(problems)


def _name_scale(cell: Cell) -> _Scale:
    return cell.item, cell.score.possible


def _doubt_scales(
    problems: list[Problem], of_scale: Iterable[tuple[_Scale, int]], cells: Iterable[Cell], used: _Used
) -> None:
    """Let a score beyond its scale be nobody's own problem where another learner's is beyond it as well.

    Then the scale itself may be wrong, and with it every other score of the item: 8 of 100 would count as 8
    of 1. ``of_scale``: a scale, and the index of a problem with it.
    """
    doubtful = {scale for scale, _ in of_scale}
    beyond: dict[_Scale, set[str]] = {scale: set() for scale in doubtful}
    for cell in cells:
        scale = _name_scale(cell)
        if scale in doubtful and _is_beyond(cell, used[cell.book, cell.score.item]):
            beyond[scale].add(cell.score.learner)
    for scale, index in of_scale:
        if beyond[scale] - {problems[index].learner}:
            problems[index] = replace(problems[index], learner=None)


def _is_beyond(cell: Cell, matches: Sequence[Match]) -> bool:
    value, possible = cell.score.value, cell.score.possible
    if value is None:
        return False
    if possible is not None:
        return possible <= 0 or abs(value) > possible
    return any(match.evidence.cuts or value > match.goal.rubric.levels[-1].points for match in matches)


def _check_meaning(cell: Cell, matches: Sequence[Match]) -> Problem | None:
    """Return why a score does not say who gave it, or what its word means."""
    score = cell.score
    if score.source is None and (mixed := _find_mixed(cell, matches)):
        message = f"{mixed} counts this item by source, and the score names none"
        return _refuse(cell, message, "say who gave it in a column `source`")
    return None if score.label is None else _check_word(cell, score.label, matches)


def _check_scale(cell: Cell, matches: Sequence[Match]) -> Problem | None:
    """Return why a number cannot be turned into level points for one of its uses."""
    value, possible = cell.score.value, cell.score.possible
    if value is None:
        return None
    if possible is None:
        return _check_points(cell, value, matches)
    return _check_share(cell, value, possible)


def _refuse(cell: Cell, message: str, advice: str, content: str | None = None) -> Problem:
    score = cell.score
    place = Place(cell.file, score.row, score.column, score.item)
    return Problem(message, place, advice, content, score.learner)


def _check_share(cell: Cell, value: Decimal, possible: Decimal) -> Problem | None:
    if abs(value) > MAXIMUM_SHARE * abs(possible) > 0:
        message = f"the score is more than {MAXIMUM_SHARE} times the points possible ({possible})"
        return _refuse(cell, message, "correct whichever is wrong", str(value))
    if possible > 0:
        return None
    advice = "correct the points possible, or leave the item out of the rubric"
    return _refuse(cell, f"the points possible are {possible}", advice)


def _check_points(cell: Cell, value: Decimal, matches: Sequence[Match]) -> Problem | None:
    for match in matches:
        top = match.goal.rubric.levels[-1]
        if match.evidence.cuts:
            message = f"the rubric {match.goal.rubric.id} cuts by share, and there are no points possible"
            return _refuse(cell, message, "give the points possible, or take `cuts` out")
        if value > top.points:
            message = f"the score is above the top level of {match.goal.rubric.id} ({top.points})"
            advice = (
                "without points possible a score is in level points; "
                "a column `possible` (long) or a row whose learner is `points possible` (wide) gives them"
            )
            return _refuse(cell, message, advice, str(value))
    return None


def _find_mixed(cell: Cell, matches: Sequence[Match]) -> str | None:
    """Return the sub-competency in which a score that names no source would count more than once."""
    criterion = fold_name(cell.score.criterion or "")
    seen: set[int] = set()
    for match in matches:
        if fold_name(match.evidence.criterion or "") == criterion and match.goal.source is None:
            if match.goal.number in seen:
                return match.goal.subcompetency.id
            seen.add(match.goal.number)
    return None


def _check_word(cell: Cell, word: str, matches: Sequence[Match]) -> Problem | None:
    for match in matches:
        known = list_words(match)
        if fold_name(word) not in known:
            message = f"the score is in words that are no level of {match.goal.rubric.id}"
            advice = f"known: {', '.join(known)}; `grades` beside the item says what other words mean"
            return _refuse(cell, message, advice, word)
    return None
