"""One scale for criteria that were rated each on its own: other tools give every criterion its own points."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.exchange.draft import Loss, Tree
from microcred_cli.exchange.level_headings import PROFICIENT, SATISFACTORY, find_rank
from microcred_cli.exchange.rubric_tree import write_percentage
from microcred_cli.model.place import Place
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.slugs import make_slug

_FEWEST_FOR_SECOND = 3
_HUNDRED = Decimal(100)
_STEP = Decimal("0.01")
_PROFICIENT = (PROFICIENT, SATISFACTORY)


class Rating(NamedTuple):
    """What one criterion can be rated as: the rating's name, its points, and what it looks like."""

    title: str
    points: Decimal
    descriptor: str = ""


class RatedCriterion(NamedTuple):
    """A criterion with its ratings, in any order."""

    title: str
    ratings: tuple[Rating, ...]
    place: Place | None = None


class Placed(NamedTuple):
    """A criterion on the common scale: descriptors and, where its points need them, cuts by level id.

    ``grades`` say what names of ratings mean that are no level's.
    """

    descriptors: dict[str, str]
    cuts: dict[str, str]
    grades: dict[str, str] = {}  # noqa: RUF012 - nobody adds to it


class Scale(NamedTuple):
    """The common scale: its levels as the rubric's file has them, and each criterion on it."""

    levels: list[Tree]
    criteria: tuple[Placed, ...]
    losses: tuple[Loss, ...]


def guess_threshold(levels: Sequence[Tree]) -> str:
    """Return the level from which a part is probably shown: one whose name says so, as `Proficient` does.

    Where none does, of three levels or more it is the last but one.
    """
    ranks = [find_rank(level["title"]) for level in levels]
    place = next((ranks.index(rank) for rank in _PROFICIENT if rank in ranks), None)
    if place is None:
        place = -2 if len(levels) >= _FEWEST_FOR_SECOND else -1
    threshold: str = levels[place]["id"]
    return threshold


def align_criteria(criteria: Sequence[RatedCriterion]) -> Scale:
    """Return the scale of the criterion that has the most ratings, and all others on it.

    A rating stands at the level of its name; where names differ, at its place among as many, else at the
    level whose share of the points is nearest. There is at least one criterion with a rating.
    """
    return _Alignment(criteria).align()


class _Alignment:
    def __init__(self, criteria: Sequence[RatedCriterion]) -> None:
        self.losses: list[Loss] = []
        self.criteria = [each._replace(ratings=self._order(each)) for each in criteria]
        self.model = max(self.criteria, key=lambda each: len(each.ratings))
        self.ids: list[str] = []
        self._taken: set[str] = set()
        self.levels: list[Tree] = []

    def align(self) -> Scale:
        for number, rating in enumerate(self.model.ratings, start=1):
            title = rating.title or f"Level {number}"
            self.ids.append(make_slug(title, self._taken, "level"))
            self._taken.add(self.ids[-1])
            self.levels.append({"id": self.ids[-1], "title": title, "points": rating.points})
        placed = tuple(map(self._place, self.criteria))
        return Scale(self.levels, placed, tuple(self.losses))

    def _order(self, criterion: RatedCriterion) -> tuple[Rating, ...]:
        """Return the ratings, lowest first; of those with the same points only the first."""
        kept: dict[Decimal, Rating] = {}
        for rating in criterion.ratings:
            first = kept.setdefault(rating.points, rating)
            if first is not rating:
                message = (
                    f"“{criterion.title}”: “{rating.title}” has the same points as “{first.title}”, "
                    "and a level is told by its points"
                )
                self.losses.append(Loss(message, criterion.place))
        return tuple(kept[points] for points in sorted(kept))

    def _place(self, criterion: RatedCriterion) -> Placed:
        places = self._find_places(criterion)
        ratings = list(zip((self.ids[place] for place in places), criterion.ratings, strict=True))
        titles = {level["id"]: fold_name(level["title"]) for level in self.levels}
        others = {
            rating.title: level
            for level, rating in ratings
            if rating.title and fold_name(rating.title) != titles[level]
        }
        # Where ratings have no text, a name of their own, such as `Five sources`, is what describes them.
        descriptors = {
            level: text
            for level, rating in ratings
            if (text := rating.descriptor or (rating.title if rating.title in others else ""))
        }
        return Placed(descriptors, self._find_cuts(criterion, places), others)

    def _find_places(self, criterion: RatedCriterion) -> list[int]:
        """Return for each rating the place of its level."""
        names = [fold_name(rating.title) for rating in self.model.ratings]
        wanted = [fold_name(rating.title) for rating in criterion.ratings]
        by_name = [names.index(name) for name in wanted if name in names]
        if len(by_name) == len(wanted) and by_name == sorted(set(by_name)):
            return by_name
        if len(wanted) == len(names):
            self._note_names(criterion)
            return list(range(len(names)))
        places = self._find_nearest(criterion)
        self._note_names(criterion)
        return places

    def _find_nearest(self, criterion: RatedCriterion) -> list[int]:
        """Return for each rating the level nearest by share, each in its turn above the one before."""
        shares = _list_shares(self.model)
        places: list[int] = []
        rest = len(criterion.ratings)
        for share in _list_shares(criterion):
            lowest = places[-1] + 1 if places else 0
            highest = len(shares) - rest
            places.append(min(range(lowest, highest + 1), key=lambda place: abs(shares[place] - share)))
            rest -= 1
        return places

    def _note_names(self, criterion: RatedCriterion) -> None:
        names = ", ".join(f"“{rating.title}”" for rating in criterion.ratings)
        message = (
            f"“{criterion.title}” names its ratings otherwise ({names}); `grades` says which level each is"
        )
        self.losses.append(Loss(message, criterion.place))

    def _find_cuts(self, criterion: RatedCriterion, places: list[int]) -> dict[str, str]:
        """Return the share of the criterion's points at each level above the lowest, if they are its own."""
        shares = _list_shares(criterion)
        usual = _list_shares(self.model)
        if all(share == usual[place] for share, place in zip(shares, places, strict=True)):
            return {}
        return {
            self.ids[place]: write_percentage(share)
            for share, place in zip(shares, places, strict=True)
            if place
        }


def _list_shares(criterion: RatedCriterion) -> list[Decimal]:
    """Return what each rating is of the criterion's points possible, in percent, to a hundredth below."""
    highest = criterion.ratings[-1].points if criterion.ratings else Decimal(0)
    if highest <= 0:
        return [Decimal(0) for _ in criterion.ratings]
    return [(each.points * _HUNDRED / highest).quantize(_STEP, "ROUND_DOWN") for each in criterion.ratings]
