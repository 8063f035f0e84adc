"""How the scores became one, in a sentence, with the values that the deciding query worked out."""

from collections.abc import Callable
from decimal import Decimal

from microcred_cli.model.decision_words import describe_threshold
from microcred_cli.model.explanation import Explanation, Order
from microcred_cli.model.method import Method
from microcred_cli.model.number_words import count_things, write_number, write_percent, write_score

# Names of steps of the deciding query.
_UNROUNDED = "unrounded"
_TOTAL, _KEPT = "total", "scores kept"
_MOST_TERMS = 6
_HUNDRED = Decimal(100)


def describe_calculation(explanation: Explanation) -> str:
    """Return the way from the scores to the rounded result; nothing where there is no result.

    A result that does not count because of too little evidence is told as far as it goes.
    """
    unrounded = explanation.steps.get(_UNROUNDED)
    if unrounded is None or not explanation.scores:
        return ""
    try:
        way = _WAYS[explanation.choice.by](explanation)
    except KeyError:
        # The folder does not hold the steps that the method has: nothing is made up for them.
        return ""
    text = f"{way} = {write_number(unrounded)}"
    score = explanation.by_method.score
    if score is None:
        return f"So far: {text}; it does not count yet."
    if score != unrounded:
        text = f"{text}, rounded {write_score(score, explanation.rubric.precision)}"
    return f"{text[:1].upper()}{text[1:]}."


def _name_last(explanation: Explanation) -> str:
    """Return what the last score is: the newest, or only the last in the rubric's list of evidence."""
    match explanation.newest_by:
        case Order.LIST:
            return "the last in the rubric's list of evidence, as no date tells which is newest"
        case Order.DATES_AND_LIST:
            return "of the newest date, the last in the rubric's list of evidence"
        case _:
            return "the newest"


def _take_best(explanation: Explanation) -> str:
    return (
        "the only score" if len(explanation.scores) == 1 else f"the best of {len(explanation.scores)} scores"
    )


def _take_last(explanation: Explanation) -> str:
    if len(explanation.scores) == 1:
        return "the only score"
    return f"the score that counts ({_name_last(explanation)})"


def _take_average(explanation: Explanation) -> str:
    steps = explanation.steps
    if all(score.piece.weight is None for score in explanation.scores):
        return f"total {write_number(steps[_TOTAL])} / {count_things(len(explanation.scores), 'score')}"
    return f"total {write_number(steps[_TOTAL])} / weights {write_number(steps['weights'])}"


def _take_weighted_average(explanation: Explanation) -> str:
    steps, scores = explanation.steps, explanation.scores
    if len(scores) == 1:
        return "the only score"
    share = explanation.choice.latest or _HUNDRED
    before = len(scores) - 1
    if explanation.newest_by in {Order.DATES, Order.ATTEMPTS}:
        rest = "the older one" if before == 1 else f"mean of the {before} older"
    else:
        rest = "the one before it" if before == 1 else f"mean of the {before} before it"
    return (
        f"{write_number(share)}% of {write_number(steps['the newest'])} ({_name_last(explanation)})"
        f" and {write_number(_HUNDRED - share)}% of {write_number(steps['mean of the older'])} ({rest})"
    )


def _take_decaying_average(explanation: Explanation) -> str:
    scores = explanation.scores
    if len(scores) == 1:
        return "the only score"
    if len(scores) > _MOST_TERMS:
        return f"the {len(scores)} scores, each times the share that it counts, added up"
    return " + ".join(
        f"{write_percent(score.piece.factor)} of {write_number(score.piece.points)}"
        for score in scores
        if score.piece.factor is not None
    )


def _divide(explanation: Explanation) -> str:
    steps = explanation.steps
    return f"total {write_number(steps[_TOTAL])} / {count_things(steps[_KEPT], 'score')}"


def _take_mastered(explanation: Explanation) -> str:
    return f"scores at {describe_threshold(explanation.rubric)} or above: {_divide(explanation)}"


def _take_common(explanation: Explanation) -> str:
    steps, levels = explanation.steps, explanation.rubric.levels
    points = steps["points of the level"]
    at = f"below {levels[0].title}"
    if "scores below the lowest level" not in steps:
        at = "at " + next(level.title for level in levels if level.points == points)
    there = (
        f"{write_number(steps['scores at the level'])} of {count_things(len(explanation.scores), 'score')}"
    )
    return f"{there} {at}, and at no level more"


def _take_best_few(explanation: Explanation) -> str:
    kept = explanation.steps[_KEPT]
    best = "the best score" if kept == 1 else f"the {write_number(kept)} best"
    return f"{best}: {_divide(explanation)}"


def _drop_lowest(explanation: Explanation) -> str:
    dropped = explanation.choice.n or 1
    lowest = "the lowest" if dropped == 1 else f"the {dropped} lowest"
    return f"without {lowest}: {_divide(explanation)}"


def _take_middle(explanation: Explanation) -> str:
    if len(explanation.scores) == 1:
        return "the only score"
    if explanation.steps[_KEPT] == 1:
        return "the score in the middle"
    return f"the two in the middle: {_divide(explanation)}"


def _read_trend(explanation: Explanation) -> str:
    steps, number = explanation.steps, len(explanation.scores)
    if "a" not in steps:
        return f"the mean of the {number} scores, as a score of zero or less has no power law"
    curve = f"the curve {write_number(steps['a'])} × n^{write_number(steps['b'])} at n = {number}"
    limit = max(explanation.rubric.levels[-1].points, steps["the best"])
    if steps[_UNROUNDED] == limit:
        return f"{curve}, and at most {write_number(limit)} (the top level's points, or the best score)"
    return curve


_WAYS: dict[Method, Callable[[Explanation], str]] = {
    Method.HIGHEST: _take_best,
    Method.LATEST: _take_last,
    Method.AVERAGE: _take_average,
    Method.WEIGHTED_AVERAGE: _take_weighted_average,
    Method.DECAYING_AVERAGE: _take_decaying_average,
    Method.N_MASTERY: _take_mastered,
    Method.MOST_COMMON: _take_common,
    Method.MEAN_OF_HIGHEST: _take_best_few,
    Method.DROP_LOWEST: _drop_lowest,
    Method.MEDIAN: _take_middle,
    Method.POWER_LAW: _read_trend,
}
