"""The methods, a function each: scores, oldest first, to one. None where the method needs more scores."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from tests.assessment.plain.points import read_level
from tests.assessment.plain.records import Part, Rubric

NEEDS_ORDER = frozenset({"latest", "weighted-average", "decaying-average", "power-law"})
DIGITS = 50
FEWEST_OF_A_TREND = 3


@dataclass(frozen=True, slots=True)
class Task:
    """What a method gets to see: points and weights, oldest first, and what the rubric asks for."""

    scores: Sequence[Fraction]
    weights: Sequence[Fraction]
    part: Part
    rubric: Rubric


def evaluate(task: Task) -> Fraction | None:
    """Return the exact result of the part's method (power-law: to fifty digits)."""
    return METHODS[task.part.by](task) if task.scores else None


def mean(scores: Sequence[Fraction]) -> Fraction:
    return sum(scores, Fraction(0)) / len(scores)


def take_highest(task: Task) -> Fraction:
    return max(task.scores)


def take_latest(task: Task) -> Fraction:
    return task.scores[-1]


def take_average(task: Task) -> Fraction:
    pairs = zip(task.scores, task.weights, strict=True)
    return sum((score * weight for score, weight in pairs), Fraction(0)) / sum(task.weights, Fraction(0))


def take_weighted_average(task: Task) -> Fraction:
    *older, newest = task.scores
    if not older:
        return newest
    return task.part.latest * newest + (1 - task.part.latest) * mean(older)


def take_decaying_average(task: Task) -> Fraction:
    value = task.scores[0]
    for score in task.scores[1:]:
        value = (1 - task.part.latest) * value + task.part.latest * score
    return value


def take_n_mastery(task: Task) -> Fraction | None:
    mastered = [score for score in task.scores if score >= task.rubric.points(task.rubric.shown_at)]
    return mean(mastered) if len(mastered) >= task.part.n else None


def find_levels(task: Task) -> list[int]:
    """Return for every score the place of its level, -1 below the lowest."""
    levels = (read_level(score, task.rubric) for score in task.scores)
    return [-1 if level is None else task.rubric.levels.index(level) for level in levels]


def take_most_common(task: Task) -> Fraction:
    places = find_levels(task)
    counts = Counter(places)
    newest_first = reversed(places)
    winner = next(place for place in newest_first if counts[place] == max(counts.values()))
    return task.rubric.levels[winner].points if winner >= 0 else Fraction(0)


def take_mean_of_highest(task: Task) -> Fraction:
    return mean(sorted(task.scores, reverse=True)[: task.part.n])


def drop_lowest(task: Task) -> Fraction | None:
    kept = sorted(task.scores)[task.part.n :]
    return mean(kept) if kept else None


def take_median(task: Task) -> Fraction:
    ordered = sorted(task.scores)
    count = len(ordered)
    return mean(ordered[(count - 1) // 2 : count // 2 + 1])


def read_trend(task: Task) -> Fraction | None:
    """Read the power law off at the newest score; the line of the logarithms goes through their means."""
    scores = task.scores
    if len(scores) < FEWEST_OF_A_TREND:
        return None
    if min(scores) <= 0:
        return mean(scores)
    with localcontext() as context:
        context.prec = DIGITS
        times = [Decimal(k).ln() for k in range(1, len(scores) + 1)]
        logs = [(Decimal(score.numerator) / Decimal(score.denominator)).ln() for score in scores]
        middle = sum(times, Decimal(0)) / len(times)
        level = sum(logs, Decimal(0)) / len(logs)
        products = [(x - middle) * (y - level) for x, y in zip(times, logs, strict=True)]
        squares = [(x - middle) ** 2 for x in times]
        slope = sum(products, Decimal(0)) / sum(squares, Decimal(0))
        trend = Fraction((level + slope * (times[-1] - middle)).exp())
    return min(trend, max(task.rubric.levels[-1].points, *scores))


METHODS: dict[str, Callable[[Task], Fraction | None]] = {
    "highest": take_highest,
    "latest": take_latest,
    "average": take_average,
    "weighted-average": take_weighted_average,
    "decaying-average": take_decaying_average,
    "n-mastery": take_n_mastery,
    "most-common": take_most_common,
    "mean-of-highest": take_mean_of_highest,
    "drop-lowest": drop_lowest,
    "median": take_median,
    "power-law": read_trend,
}
