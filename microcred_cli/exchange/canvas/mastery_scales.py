"""Scales of different length on one, so that what means mastery on one means it on the other."""

from collections.abc import Sequence
from decimal import Decimal

from microcred_cli.exchange.scales import Rating
from microcred_cli.texts.names import fold_name


def align_at_mastery(
    ratings: Sequence[Rating], mastery: Decimal | None, model: Sequence[Rating], model_mastery: Decimal | None
) -> tuple[Rating, ...] | None:
    """Return the ratings, highest first, under the names that the model gives to what they mean.

    None where there is no need, as they are as many or have its names, or no way: mastery is not the points
    of a rating of both, or there are more ratings on one side of it than the model has.
    """
    kept = {rating.points: rating for rating in ratings}
    points = sorted(kept)
    wanted = {rating.points: rating.title for rating in model}
    model_points = sorted(wanted)
    names = {fold_name(title) for title in wanted.values()}
    if mastery not in kept or model_mastery not in wanted or len(points) == len(model_points):
        return None
    if len(names) < len(wanted) or names.issuperset(fold_name(rating.title) for rating in ratings):
        return None
    place, model_place = points.index(mastery), model_points.index(model_mastery)
    below = _spread(points[:place], model_points[:model_place], mastery, model_mastery)
    above = _spread(points[place + 1 :], model_points[model_place + 1 :], points[-1], model_points[-1])
    if below is None or above is None:
        return None
    titles = [wanted[each] for each in (*below, model_mastery, *above)]
    renamed = [kept[each]._replace(title=title) for each, title in zip(points, titles, strict=True)]
    return tuple(reversed(renamed))


def _spread(
    points: Sequence[Decimal], places: Sequence[Decimal], whole: Decimal, model_whole: Decimal
) -> list[Decimal] | None:
    """Return for each of the points the nearest by share of those of the model, each above the one before."""
    if len(points) > len(places):
        return None
    chosen: list[Decimal] = []
    lowest = 0
    for number, each in enumerate(points):
        free = places[lowest : len(places) - (len(points) - number - 1)]
        nearest = min(free, key=lambda other: abs(other * whole - each * model_whole))
        lowest = places.index(nearest) + 1
        chosen.append(nearest)
    return chosen
