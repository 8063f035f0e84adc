"""Scores that are said twice, in points and as a rating: which of the two counts.

A criterion of another system has points of its own: 8 of 20 is *Developing* there, and more than the top
level here. Where its rating has the name of a level, or ``grades`` says what it means, that shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from microcred_cli.assessment.matching import Match, list_words
from microcred_cli.model.gradebook import CellState, Gradebook, Score
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.names import fold_name

_ADVICE = "give the score a rating, or all points as level points"


def settle_ratings(
    matches: Sequence[Match], gradebooks: Sequence[Gradebook]
) -> tuple[list[Gradebook], list[Problem]]:
    """Return the gradebooks with each score either in points or in words.

    An item goes by its ratings as soon as one of them names another level than its points reach; its points
    alone then say nothing, which is a problem of the learner who has no rating. Else it goes by its points,
    which are finer.
    """
    settled: list[Gradebook] = []
    problems: list[Problem] = []
    for book, gradebook in enumerate(gradebooks):
        doubled = [each for each in gradebook.scores if each.value is not None and each.label is not None]
        if not doubled:
            settled.append(gradebook)
            continue
        by_rating = _find_contradicted(doubled, _index(matches, book))
        settled.append(
            replace(gradebook, scores=tuple(_choose(each, by_rating) for each in gradebook.scores))
        )
        problems += (
            _refuse(gradebook.file, each)
            for each in gradebook.scores
            if each.item in by_rating
            and each.state is CellState.SCORE
            and each.label is None
            and each.possible is None
        )
    return settled, problems


def _index(matches: Sequence[Match], book: int) -> Mapping[str, list[Match]]:
    by_item: dict[str, list[Match]] = {}
    for match in matches:
        if match.book == book:
            by_item.setdefault(match.heading, []).append(match)
    return by_item


def _find_contradicted(scores: Sequence[Score], by_item: Mapping[str, list[Match]]) -> frozenset[str]:
    """Return the items of which a rating names another level than its points reach."""
    words = {item: [(match, list_words(match)) for match in found] for item, found in by_item.items()}
    contradicted = set()
    for score in scores:
        for match, known in words.get(score.item, ()):
            meant = known.get(fold_name(score.label or ""))
            if meant is not None and _reach(match, score) != meant:
                contradicted.add(score.item)
    return frozenset(contradicted)


def _reach(match: Match, score: Score) -> Decimal | None:
    """Return the points of the level that the points of a score reach; None where they say nothing of one."""
    value, possible = score.value, score.possible
    levels, cuts = match.goal.rubric.levels, match.evidence.cuts
    top = levels[-1].points
    # Cuts are shares, of which points alone are none.
    if value is None or (possible is None and cuts) or (possible is not None and possible <= 0):
        return None
    if possible is not None and cuts:
        share = value * 100 / possible
        reached = (each.points for each in levels if each.id in cuts and share >= cuts[each.id])
        return max(reached, default=levels[0].points)
    if possible is not None:
        step = Decimal(1).scaleb(-match.goal.rubric.precision)
        value = min((value * top / possible).quantize(step, ROUND_HALF_UP), top)
    return max((each.points for each in levels if each.points <= value <= top), default=None)


def _choose(score: Score, by_rating: frozenset[str]) -> Score:
    if score.value is None or score.label is None:
        return score
    return score._replace(value=None) if score.item in by_rating else score._replace(label=None)


def _refuse(file: str, score: Score) -> Problem:
    message = (
        "there are points but no rating, and the item's ratings show that its points are not level points"
    )
    return Problem(message, Place(file, score.row, score.column, score.item), _ADVICE, None, score.learner)
