"""A second evaluator, from the definitions and in exact fractions; it shares no code with the query."""

from collections.abc import Sequence
from fractions import Fraction

from microcred_cli.model.method import Method


def evaluate(  # noqa: PLR0911 - a formula a method
    method: Method, scores: Sequence[Fraction], *, latest: Fraction, n: int, shown: Fraction
) -> Fraction | None:
    """Return the exact score of the method; the scores are oldest first."""
    if not scores:
        return None
    share = latest / 100
    match method:
        case Method.HIGHEST:
            return max(scores)
        case Method.LATEST:
            return scores[-1]
        case Method.AVERAGE:
            return sum(scores, Fraction(0)) / len(scores)
        case Method.WEIGHTED_AVERAGE:
            *older, newest = scores
            if not older:
                return newest
            return newest * share + sum(older, Fraction(0)) / len(older) * (1 - share)
        case Method.DECAYING_AVERAGE:
            value = scores[0]
            for score in scores[1:]:
                value = value * (1 - share) + score * share
            return value
        case Method.N_MASTERY:
            kept = [score for score in scores if score >= shown]
            return sum(kept, Fraction(0)) / len(kept) if len(kept) >= n else None


def round_half_away(value: Fraction, digits: int) -> Fraction:
    """Round as people do: a half goes away from zero."""
    scaled = abs(value) * 10**digits
    whole = (scaled * 2 + 1) // 2
    return Fraction(whole, 10**digits) * (1 if value >= 0 else -1)
