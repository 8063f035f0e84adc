"""Which scores of the gradebooks are evidence for which sub-competency, and what stands in the way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

_LISTED = 5

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
class CriteriaOfItems:
    """The criteria of the items (by heading) of a gradebook, folded to as written.

    ``without`` are the headings of the items that have scores, or cells for them, without a criterion.
    """

    by_item: Mapping[str, Mapping[str, str]]
    without: frozenset[str]


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
    criteria = [list_criteria(gradebook) for gradebook in gradebooks]
    matches: list[Match] = []
    problems = []
    goals = name_goals(rubrics)
    for goal, route in zip(goals, _list_routes(rubrics), strict=False):
        taken: list[tuple[EvidenceItem, Sequence[Sequence[Item]]]] = []
        for position, evidence in enumerate(goal.subcompetency.evidence):
            place = locate(route[0], (*route[1], "evidence", position, "item"))
            found = [find_items(evidence.item, gradebook.items) for gradebook in gradebooks]
            problem = _check_items(evidence.item, found, gradebooks, place)
            problem = problem or _check_repetition(evidence, found, taken, place)
            if problem is None:
                taken.append((evidence, found))
                problem = _check_criterion(evidence, found, criteria, place)
                matches += [
                    Match(goal, position, evidence, book, items[0].heading)
                    for book, items in enumerate(found)
                    if items
                ]
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
    """Return the items of that heading, or else those that answer to that name."""
    folded = fold_name(name)
    exact = [item for item in items if fold_name(item.heading) == folded]
    return exact or [
        item for item in items if folded == fold_name(item.name) or folded in map(fold_name, item.names)
    ]


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


def _check_repetition(
    evidence: EvidenceItem,
    found: Sequence[Sequence[Item]],
    taken: Iterable[tuple[EvidenceItem, Sequence[Sequence[Item]]]],
    place: Place,
) -> Problem | None:
    """Return a problem where evidence is, under whatever name, what an entry before it takes already."""
    graded = _list_graded(found)
    for other, items in taken:
        if take_the_same(evidence, other) and not graded.isdisjoint(_list_graded(items)):
            message = f"this is the same item as the line before: `{other.item}`"
            return Problem(message, place, "take one of the two out")
    return None


def _list_graded(found: Sequence[Sequence[Item]]) -> set[tuple[int, str]]:
    return {(book, item.graded) for book, items in enumerate(found) for item in items}


def take_the_same(first: EvidenceItem, second: EvidenceItem) -> bool:
    """Return whether two entries would count the same scores if they named one item."""
    criteria = {None if each.criterion is None else fold_name(each.criterion) for each in (first, second)}
    return len(criteria) == 1 and (None in (first.source, second.source) or first.source == second.source)


def list_criteria(gradebook: Gradebook) -> CriteriaOfItems:
    """Return the criteria of the items of a gradebook that have any, and which items have other scores."""
    criteria: dict[str, dict[str, str]] = {}
    without: set[str] = set()
    for score in gradebook.scores:
        if score.criterion is None:
            without.add(score.item)
        else:
            known = criteria.setdefault(score.item, {})
            known.setdefault(fold_name(score.criterion), score.criterion)
    return CriteriaOfItems(criteria, frozenset(without))


def find_criteria(
    found: Sequence[Sequence[Item]], criteria: Sequence[CriteriaOfItems]
) -> tuple[dict[str, str], bool]:
    """Return the criteria of what was found in each gradebook, and whether all scores are by criterion."""
    pairs = [(items[0].heading, of_book) for items, of_book in zip(found, criteria, strict=True) if items]
    known = {
        folded: written
        for heading, of_book in pairs
        for folded, written in of_book.by_item.get(heading, {}).items()
    }
    return known, bool(known) and not any(heading in of_book.without for heading, of_book in pairs)


def _check_criterion(
    evidence: EvidenceItem,
    found: Sequence[Sequence[Item]],
    criteria: Sequence[CriteriaOfItems],
    place: Place,
) -> Problem | None:
    known, only_by_criterion = find_criteria(found, criteria)
    if evidence.criterion is None:
        return _ask_criterion(evidence, known, place) if only_by_criterion else None
    if fold_name(evidence.criterion) in known:
        return None
    if not known:
        message = f"the gradebook has no scores by criterion for “{evidence.item}”"
        return Problem(message, place, "leave out `criterion` to use the item's own score")
    message = f"“{evidence.item}” has no criterion “{evidence.criterion}” in the gradebook"
    advice = _advise(evidence.criterion, known.values(), "copy its text from the gradebook")
    return Problem(message, place, advice)


def _ask_criterion(evidence: EvidenceItem, known: Mapping[str, str], place: Place) -> Problem:
    names = " or ".join(f"`criterion: {name}`" for name in list(known.values())[:_LISTED])
    more = " …" if len(known) > _LISTED else ""
    return Problem(f"the scores of “{evidence.item}” are by criterion", place, f"name one: {names}{more}")


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
