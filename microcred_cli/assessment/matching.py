"""Which scores of the gradebooks are evidence for which sub-competency, and what stands in the way."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from microcred_cli.model.finding import Route
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Score
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.rubric import EvidenceItem, Rubric, SubCompetency
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.suggest import advise_name

Locate = Callable[[int, Route], Place]
"""Where a route in the n-th rubric leads, for people: file, line, column."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A sub-competency of a rubric, as the deciding query knows it: by a number."""

    number: int
    rubric: Rubric
    subcompetency: SubCompetency


@dataclass(frozen=True, slots=True)
class Match:
    """An evidence item of a goal and the heading of the gradebook item that it means."""

    goal: Goal
    position: int
    evidence: EvidenceItem
    heading: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A score and the file it stands in."""

    file: str
    score: Score

    @property
    def place(self) -> Place:
        """Where the score stands."""
        return Place(self.file, self.score.row, self.score.column)


def name_goals(rubrics: Sequence[Rubric]) -> tuple[Goal, ...]:
    """Return the sub-competencies of the rubrics, numbered from 0 in their order."""
    goals = [(rubric, subcompetency) for rubric in rubrics for subcompetency in rubric.subcompetencies]
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
    items = list({item.heading: item for gradebook in gradebooks for item in gradebook.items}.values())
    criteria = _list_criteria(gradebooks)
    matches = []
    problems = []
    for goal, route in _walk_goals(rubrics):
        for position, evidence in enumerate(goal.subcompetency.evidence):
            found = _find_items(evidence.item, items)
            place = locate(route[0], (*route[1], "evidence", position, "item"))
            if len(found) != 1:
                problems.append(_describe_absence(evidence.item, found, items, place))
                continue
            problem = _check_criterion(evidence, criteria.get(found[0].heading, {}), place)
            if problem is not None:
                problems.append(problem)
                continue
            matches.append(Match(goal, position, evidence, found[0].heading))
    return tuple(matches), tuple(problems)


def _walk_goals(rubrics: Sequence[Rubric]) -> Iterator[tuple[Goal, tuple[int, Route]]]:
    """Yield each goal with the index of its rubric and its route in it."""
    goals = iter(name_goals(rubrics))
    for index, rubric in enumerate(rubrics):
        for position in range(len(rubric.subcompetencies)):
            yield next(goals), (index, ("subcompetencies", position))


def _find_items(name: str, items: Sequence[Item]) -> list[Item]:
    """Return the items of that heading, or else those of that name."""
    folded = fold_name(name)
    exact = [item for item in items if fold_name(item.heading) == folded]
    return exact or [item for item in items if fold_name(item.name) == folded]


def _describe_absence(name: str, found: Sequence[Item], items: Sequence[Item], place: Place) -> Problem:
    if found:
        headings = " or ".join(f"`{item.heading}`" for item in found)
        return Problem(f"the gradebook has several items “{name}”", place, f"name one of them: {headings}")
    advice = advise_name(name, [item.name for item in items])
    return Problem(f"the gradebook has no item “{name}”", place, advice)


def _list_criteria(gradebooks: Sequence[Gradebook]) -> dict[str, dict[str, str]]:
    """Return the criteria of each item (by heading) that has any: folded to as written."""
    criteria: dict[str, dict[str, str]] = {}
    for gradebook in gradebooks:
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
    return Problem(message, place, advise_name(evidence.criterion, known.values()))


def collect_cells(
    matches: Sequence[Match], gradebooks: Sequence[Gradebook]
) -> tuple[tuple[Cell, ...], tuple[Problem, ...]]:
    """Return every cell of the items in use, and a problem for each that no method can work with."""
    used: dict[str, list[Match]] = {}
    for match in matches:
        used.setdefault(match.heading, []).append(match)
    cells = []
    problems = []
    sources: dict[tuple[str, str], int] = {}
    for number, gradebook in enumerate(gradebooks):
        for score in gradebook.scores:
            of_item = used.get(score.item)
            if of_item is None:
                continue
            cell = Cell(gradebook.file, score)
            cells.append(cell)
            if score.state is not CellState.SCORE:
                continue
            first = sources.setdefault((score.learner, score.item), number)
            if first != number:
                message = f"{gradebooks[first].file} has a score of the same learner and item"
                problems.append(Problem(message, cell.place, "leave one of the two files out"))
                continue
            problems.extend(_check_score(cell, of_item))
    return tuple(cells), tuple(problems)


def _check_score(cell: Cell, matches: Sequence[Match]) -> list[Problem]:
    """Return why a score cannot be turned into level points for one of its uses."""
    score = cell.score
    place = Place(cell.file, score.row, score.column, score.item)
    if score.value is None:
        advice = "export the item with points, or grade it in points"
        return [Problem("a letter has no points", place, advice, content=score.label)]
    if score.possible is not None:
        if score.possible > 0:
            return []
        advice = "correct the points possible, or leave the item out of the rubric"
        return [Problem(f"the points possible are {score.possible}", place, advice)]
    problems = []
    for match in matches:
        top = match.goal.rubric.levels[-1]
        if match.evidence.cuts:
            message = f"the rubric {match.goal.rubric.id} cuts by share, and there are no points possible"
            problems.append(Problem(message, place, "give the points possible, or take `cuts` out"))
        elif score.value > top.points:
            message = f"the score is above the top level of {match.goal.rubric.id} ({top.points})"
            advice = (
                "without points possible a score is in level points; "
                "a column `possible` (long) or a row whose learner is `points possible` (wide) gives them"
            )
            problems.append(Problem(message, place, advice, content=str(score.value)))
    return problems[:1]
