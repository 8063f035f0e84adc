"""The CFRubrics of CASE 1.1 as rubrics."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.exchange.criterion_titles import title_criterion
from microcred_cli.exchange.draft import Draft, Loss, Tree
from microcred_cli.exchange.drafting import GUESSED_THRESHOLD, NAMELESS_ITEM, make_head, make_part
from microcred_cli.exchange.scales import RatedCriterion, Rating, Scale, align_criteria, guess_threshold
from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.html_text import clean_line, clean_text, read_text
from microcred_cli.texts.json_reader import Json

DEFAULT_SCALE = ("Beginning", "Developing", "Proficient", "Exemplary")
_HIGHEST_POINTS = 10_000
_DECIMALS = Decimal("0.000000001")
# CASE has plain text; descriptions with closing tags or line breaks of HTML were meant as that.
_HTML = re.compile(r"</[a-zA-Z][a-zA-Z0-9]*>|<br ?/?>")


class CaseObject(NamedTuple):
    """An object of the document, and where it stands in it, in words."""

    value: Mapping[str, Json]
    place: Place

    def read_text(self, key: str) -> str:
        """Return the text of a key, without tags and hidden characters; nothing where there is none."""
        value = self.value.get(key)
        if not isinstance(value, str):
            return ""
        return read_text(value) if _HTML.search(value) is not None else clean_text(value)

    def read_line(self, key: str) -> str:
        """Return the text of a key that is plain text on one line, as titles are."""
        value = self.value.get(key)
        return clean_line(value) if isinstance(value, str) else ""

    def read_number(self, key: str) -> Decimal | None:
        """Return the number of a key, to nine decimals."""
        value = self.value.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _HIGHEST_POINTS**2:
            return None
        return Decimal(str(value)).quantize(_DECIMALS)

    def list_objects(self, key: str, noun: str) -> "list[CaseObject]":
        """Return the objects in the list of a key."""
        listed = self.value.get(key)
        where = f"{self.place.heading}, " if self.place.heading else ""
        return [
            CaseObject(each, self.place._replace(heading=f"{where}{noun} {number}"))
            for number, each in enumerate(listed if isinstance(listed, list) else (), start=1)
            if isinstance(each, dict)
        ]

    def find_object(self, key: str) -> "CaseObject":
        """Return the object of a key, an empty one where there is none."""
        value = self.value.get(key)
        return CaseObject(value if isinstance(value, dict) else {}, self.place)


class _Criterion(NamedTuple):
    """A criterion of the document: its sub-competency, its title and what it can be rated as."""

    part: str
    rated: RatedCriterion


class RubricReader:
    """Reads one CFRubric; ``statements`` are the CFItems' texts by identifier."""

    def __init__(self, rubric: CaseObject, statements: Mapping[str, str], language: str) -> None:
        self._rubric = rubric
        self._statements = statements
        self._language = language
        self.problems: list[Problem] = []
        self._losses: list[Loss] = []

    def read(self) -> Draft | None:
        """Return the rubric; None where it has no criterion."""
        listed = _order(self._rubric.list_objects("CFRubricCriteria", "criterion"))
        if not listed:
            return None
        criteria = [self._read_criterion(each, number) for number, each in enumerate(listed, start=1)]
        criteria = self._settle_ratings(criteria)
        scale = align_criteria([criterion.rated for criterion in criteria])
        title = self._rubric.read_line("title") or "Rubric"
        summary = self._rubric.read_text("description")
        shown_at = guess_threshold(scale.levels)
        tree = make_head(title, scale.levels, shown_at, summary=summary, language=self._language)
        remarks: dict[Route, str] = {("shown_at",): GUESSED_THRESHOLD}
        tree["subcompetencies"] = list(_make_parts(criteria, scale))
        for number in range(len(tree["subcompetencies"])):
            remarks["subcompetencies", number, "evidence", 0, "item"] = NAMELESS_ITEM
        losses = (*self._losses, *scale.losses, *self._list_losses(listed, criteria, scale))
        return Draft(tree, remarks, losses)

    def _read_criterion(self, criterion: CaseObject, number: int) -> _Criterion:
        link = criterion.find_object("CFItemURI")
        statement = self._statements.get(link.read_line("identifier"), "") or link.read_line("title")
        title, lost = title_criterion(
            statement or f"Criterion {number}", criterion.read_text("description"), criterion.place
        )
        self._losses += lost
        part = criterion.read_line("category")
        if not part:
            part = statement if 0 < len(statement) < len(title) else title
        ratings = tuple(self._read_ratings(criterion))
        return _Criterion(part, RatedCriterion(title, ratings, criterion.place))

    def _read_ratings(self, criterion: CaseObject) -> Iterator[Rating]:
        levels = _order(criterion.list_objects("CFRubricCriterionLevels", "level"))
        scores = [level.read_number("score") for level in levels]
        scored = [score for score in scores if score is not None]
        if levels and len(scored) < len(levels):
            told = "only some levels have" if scored else "no level has"
            message = f"{told} a score; they count 1, 2, 3 now: look whether the lowest comes first"
            self._losses.append(Loss(message, criterion.place))
            scored = [Decimal(number) for number in range(1, len(levels) + 1)]
        order = sorted(scored)
        for level, score in zip(levels, scored, strict=True):
            if not 0 <= score <= _HIGHEST_POINTS:
                message = f"this score is no number from 0 to {_HIGHEST_POINTS:,}"
                self.problems.append(Problem(message, level.place, "change the scores in the file"))
            name, text = level.read_line("quality"), level.read_text("description")
            if level.read_text("feedback"):
                self._losses.append(Loss("the feedback of a level", level.place))
            yield Rating(name or f"Level {order.index(score) + 1}", score, text)

    def _settle_ratings(self, criteria: Sequence[_Criterion]) -> list[_Criterion]:
        """Return the criteria, with ratings of ours where none of them has any."""
        if any(criterion.rated.ratings for criterion in criteria):
            return list(criteria)
        self._losses.append(describe_default_scale(self._rubric.place))
        ratings = tuple(Rating(title, Decimal(place)) for place, title in enumerate(DEFAULT_SCALE, start=1))
        return [each._replace(rated=each.rated._replace(ratings=ratings)) for each in criteria]

    def _list_losses(
        self, listed: Sequence[CaseObject], criteria: Sequence[_Criterion], scale: Scale
    ) -> Iterator[Loss]:
        weights = {weight for each in listed if (weight := each.read_number("weight")) is not None}
        if weights - {Decimal(1)}:
            yield Loss("the weights of the criteria: each sub-competency is decided on its own")
        for criterion, placed in zip(criteria, scale.criteria, strict=True):
            if placed.cuts:
                message = f"the scores of “{criterion.rated.title}”: it has those of the rubric's levels now"
                yield Loss(message, criterion.rated.place)
        rated = [criterion.rated.ratings for criterion in criteria if criterion.rated.ratings]
        highest = {max(rating.points for rating in ratings) for ratings in rated}
        if len(highest) > 1:
            yield Loss("that criteria are worth different points: each sub-competency is decided on its own")


def describe_default_scale(place: Place | None) -> Loss:
    """Return that there are levels which the document does not have."""
    names = ", ".join(DEFAULT_SCALE)
    return Loss(f"the file has no levels, so there are four without descriptors: {names}", place)


def _make_parts(criteria: Sequence[_Criterion], scale: Scale) -> Iterator[Tree]:
    """Yield a sub-competency for each category, in the order of its first criterion."""
    members: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
    for criterion, placed in zip(criteria, scale.criteria, strict=True):
        members.setdefault(criterion.part, []).append((criterion.rated.title, placed.descriptors))
    taken: set[str] = set()
    for title, named in members.items():
        part = make_part(title, taken, named, [{"item": title}])
        taken.add(part["id"])
        yield part


def _order(objects: Sequence[CaseObject]) -> list[CaseObject]:
    """Return the objects by their position, those without one behind the others."""
    return sorted(
        objects,
        key=lambda each: (each.read_number("position") is None, each.read_number("position") or Decimal(0)),
    )
