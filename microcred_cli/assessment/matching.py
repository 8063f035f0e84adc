"""Which scores of the gradebooks are evidence for which sub-competency, and what stands in the way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from microcred_cli.model.award import Shown, list_leaves
from microcred_cli.model.finding import Route
from microcred_cli.model.gradebook import Gradebook, Item, Score
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.rubric import EvidenceItem, Rubric, SubCompetency
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.suggest import suggest_name

Locate = Callable[[int, Route], Place]
"""Where a route in the n-th rubric leads, for people: file, line, column."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A sub-competency of a rubric, as the deciding query knows it: by a number.

    With ``source`` it is to be decided by the scores of that source alone, because an award asks for it.
    """

    number: int
    rubric: Rubric
    subcompetency: SubCompetency
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An evidence item of a goal and what it means: in the gradebook of that number, that heading."""

    goal: Goal
    position: int
    evidence: EvidenceItem
    book: int
    heading: str

    @property
    def item(self) -> str:
        """The item as the deciding query knows it: two gradebooks may use one heading for two things."""
        return f"{self.book}:{self.heading}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A score, the file it stands in, and the number of the gradebook."""

    file: str
    score: Score
    book: int

    @property
    def item(self) -> str:
        """The item as the deciding query knows it."""
        return f"{self.book}:{self.score.item}"

    @property
    def place(self) -> Place:
        """Where the score stands."""
        return Place(self.file, self.score.row, self.score.column)


def name_goals(rubrics: Sequence[Rubric]) -> tuple[Goal, ...]:
    """Return the sub-competencies of the rubrics, numbered from 0 in order, then those by one source."""
    goals = [
        (rubric, subcompetency, None) for rubric in rubrics for subcompetency in rubric.subcompetencies
    ] + [
        (rubric, rubric.subcompetency(leaf.subcompetency), leaf.source)
        for rubric in rubrics
        for leaf in dict.fromkeys(list_leaves(rubric.award))
        if isinstance(leaf, Shown) and leaf.source is not None
    ]
    return tuple(Goal(number, *goal) for number, goal in enumerate(goals))


def name_items(rubrics: Sequence[Rubric]) -> frozenset[str]:
    """Return the folded names of all evidence items that the rubrics speak of."""
    return frozenset(
        fold_name(evidence.item)
        for rubric in rubrics
        for subcompetency in rubric.subcompetencies
        for evidence in subcompetency.evidence
    )


def match_evidence(
    rubrics: Sequence[Rubric], gradebooks: Sequence[Gradebook], locate: Locate
) -> tuple[tuple[Match, ...], tuple[Problem, ...]]:
    """Return what each evidence item means in the gradebooks, and a problem for each that means nothing."""
    criteria = [_list_criteria(gradebook) for gradebook in gradebooks]
    matches: list[Match] = []
    problems = []
    goals = name_goals(rubrics)
    for goal, route in zip(goals, _list_routes(rubrics), strict=False):
        for position, evidence in enumerate(goal.subcompetency.evidence):
            place = locate(route[0], (*route[1], "evidence", position, "item"))
            found = [find_items(evidence.item, gradebook.items) for gradebook in gradebooks]
            problem = _check_items(evidence.item, found, gradebooks, place)
            if problem is None:
                headings = [(book, items[0].heading) for book, items in enumerate(found) if items]
                known = {
                    folded: written
                    for book, heading in headings
                    for folded, written in criteria[book].get(heading, {}).items()
                }
                problem = _check_criterion(evidence, known, place)
                matches += [Match(goal, position, evidence, *heading) for heading in headings]
            if problem is not None:
                problems.append(problem)
    matches += [
        replace(match, goal=goal)
        for goal in goals
        if goal.source is not None
        for match in matches
        if match.goal.rubric is goal.rubric and match.goal.subcompetency is goal.subcompetency
    ]
    return tuple(matches), tuple(problems)


def _list_routes(rubrics: Sequence[Rubric]) -> Iterator[tuple[int, Route]]:
    """Yield for each sub-competency the index of its rubric and its route in it."""
    for index, rubric in enumerate(rubrics):
        for position in range(len(rubric.subcompetencies)):
            yield index, ("subcompetencies", position)


def find_items(name: str, items: Sequence[Item]) -> list[Item]:
    """Return the items of that heading, or else those of that name."""
    folded = fold_name(name)
    exact = [item for item in items if fold_name(item.heading) == folded]
    return exact or [item for item in items if fold_name(item.name) == folded]


def _check_items(
    name: str, found: Sequence[Sequence[Item]], gradebooks: Sequence[Gradebook], place: Place
) -> Problem | None:
    """Return why an item cannot be told: no gradebook has it, or one has several."""
    for items, gradebook in zip(found, gradebooks, strict=True):
        if len(items) > 1:
            headings = " or ".join(f"`{item.heading}`" for item in items)
            message = f"{gradebook.file} has several items “{name}”"
            return Problem(message, place, f"name one of them: {headings}")
    if any(found):
        return None
    names = [item.name for gradebook in gradebooks for item in gradebook.items]
    advice = _advise(name, names, "`microcred inspect` lists the items, and `--rubric` chooses the rubrics")
    return Problem(f"the gradebook has no item “{name}”", place, advice)


def _list_criteria(gradebook: Gradebook) -> dict[str, dict[str, str]]:
    """Return the criteria of each item (by heading) that has any: folded to as written."""
    criteria: dict[str, dict[str, str]] = {}
    for score in gradebook.scores:
        if score.criterion is not None:
            known = criteria.setdefault(score.item, {})
            known.setdefault(fold_name(score.criterion), score.criterion)
    return criteria


def _check_criterion(evidence: EvidenceItem, known: dict[str, str], place: Place) -> Problem | None:
    if evidence.criterion is None or fold_name(evidence.criterion) in known:
        return None
    if not known:
        message = f"the gradebook has no scores by criterion for “{evidence.item}”"
        return Problem(message, place, "leave out `criterion` to use the item's own score")
    message = f"“{evidence.item}” has no criterion “{evidence.criterion}” in the gradebook"
    advice = _advise(evidence.criterion, known.values(), "copy its text from the gradebook")
    return Problem(message, place, advice)


def _advise(name: str, known: Iterable[str], otherwise: str) -> str:
    """Suggest a like name only: a heading may be anything, a learner's name too, if columns were swapped."""
    suggestion = suggest_name(name, known)
    return otherwise if suggestion is None else f"did you mean `{suggestion}`?"


def list_words(match: Match) -> dict[str, Decimal]:
    """Return the points of each word a score may be in, folded: the item's grades, then the levels."""
    rubric = match.goal.rubric
    words = {fold_name(word): rubric.level(level).points for word, level in match.evidence.grades.items()}
    for level in rubric.levels:
        words.setdefault(fold_name(level.title), level.points)
        words.setdefault(fold_name(level.id), level.points)
    return words
