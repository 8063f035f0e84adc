"""The levels of a grid that somebody drew: which is the lowest, and what each is worth."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from microcred_cli.exchange.draft import Loss, Tree
from microcred_cli.exchange.grids.drawn_layout import LevelColumn
from microcred_cli.model.place import Place
from microcred_cli.texts.slugs import make_slug


class Levels(NamedTuple):
    """The levels, lowest first, with the column of each; ``remark`` says what of them is a guess."""

    trees: list[Tree]
    columns: tuple[int, ...]
    losses: tuple[Loss, ...]
    remark: str | None = None


def arrange_levels(columns: Sequence[LevelColumn], place: Place) -> Levels:
    """Return the levels by their points, else by known names, else with the first as the highest."""
    losses = [
        Loss(f"“{each.title}” covers a range of points; it stands for {each.points:f}, the upper end", place)
        for _, each in columns
        if each.is_range
    ]
    points = [each.points for _, each in columns if each.points is not None]
    remark = None
    if len(points) == len(columns) == len(set(points)):
        ordered = sorted(columns, key=lambda each: each.heading.points or Decimal(0))
    else:
        if points:
            losses.append(Loss("the points of the levels: not every level has its own", place))
        is_rising = _is_rising(columns)
        remark = "lowest first; the points are a guess"
        if is_rising is None:
            remark = "lowest first; the order and the points are a guess"
            first, last = columns[0].heading.title, columns[-1].heading.title
            message = (
                f"which level is the highest: neither points nor known words tell; it is taken to "
                f"be “{first}”, the first, and the lowest “{last}”, the last"
            )
            losses.append(Loss(message, place))
        ordered = list(columns) if is_rising else list(reversed(columns))
        ordered = [
            each._replace(heading=each.heading._replace(points=Decimal(number)))
            for number, each in enumerate(ordered, start=1)
        ]
    return Levels(_name_levels(ordered), tuple(each.column for each in ordered), tuple(losses), remark)


def _is_rising(columns: Sequence[LevelColumn]) -> bool | None:
    """Return whether the first is the lowest; None where nothing tells, or not one way."""
    for values in ([each.heading.points for each in columns], [each.heading.rank for each in columns]):
        known = [value for value in values if value is not None]
        steps = [after > before for before, after in pairwise(known) if after != before]
        rising = sum(steps)
        if 2 * rising != len(steps):
            return 2 * rising > len(steps)
    return None


def _name_levels(columns: Sequence[LevelColumn]) -> list[Tree]:
    titles = [each.heading.title for each in columns]
    ids: set[str] = set()
    trees: list[Tree] = []
    for number, (_, heading) in enumerate(columns, start=1):
        title = heading.title or f"Level {number}"
        if titles.count(heading.title) > 1:
            title = f"{title} {number}"
        slug = make_slug(title, ids, "level")
        ids.add(slug)
        trees.append({"id": slug, "title": title, "points": heading.points})
    return trees
