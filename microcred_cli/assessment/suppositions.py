"""What would be enough: the deciding query asked about scores that are not there.

Each open decision is put to the query once for each number of further scores and each level that they could
be at, with the stored pieces as they stand; no formula is turned around. The further scores are newest of
all, of further items, by further raters, of weight 1, and by the sources that are still asked for. All goes
to the engine at once: asking first for one more score and only then for two costs more than it saves.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from typing import Any

from microcred_cli.assessment.features import Features, list_features
from microcred_cli.assessment.matching import Goal
from microcred_cli.assessment.query.compose import CONVERTED, compose_supposition
from microcred_cli.assessment.tables import build_goals, build_levels
from microcred_cli.model.decision import Decision
from microcred_cli.model.evidence_needs import Asked, list_needs
from microcred_cli.model.explanation import Enough, Explanation
from microcred_cli.model.gradebook import AGREED
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.rubric import MethodChoice
from microcred_cli.model.table import ColumnType, Query, Table, build_table
from microcred_cli.texts.names import fold_name

MOST = 3
"""So many further scores are supposed at most."""
ENOUGH = "enough"

_MOST_LEVELS = 20
_LIMIT = 10**9  # decimal(18,9)
_FUTURE = 1_000_000_000
_SCORE = {
    "position": ColumnType.INTEGER,
    "item_number": ColumnType.INTEGER,
    "at": ColumnType.INTEGER,
    "rater": ColumnType.TEXT,
    "agreed": ColumnType.INTEGER,
    "source": ColumnType.TEXT,
    "weight": ColumnType.NUMBER,
    "points": ColumnType.NUMBER,
}
_OPENED = {"goal": ColumnType.INTEGER, "slot": ColumnType.INTEGER}
_CHOICES = {"goal": ColumnType.INTEGER, "choice": ColumnType.INTEGER}
_GIVEN = {"row_id": ColumnType.INTEGER, **_OPENED, **_SCORE}
_FURTHER = {"row_id": ColumnType.INTEGER, **_CHOICES, **_SCORE}

# A made-up learner is a slot under a choice; the width is the program's own number.
_LEARNER = "{slot}.slot * {width:d} + {choice}.choice"
_LEARNERS = """select distinct {opened} as learner
from opened o join choices c on c.goal = o.goal"""
_COLUMNS = """{of}.row_id, {learner} as learner, {of}.goal, {of}.position, {of}.item_number, {of}.at,
       cast(null as bigint) as attempt, {of}.rater, {of}.agreed, 0 as late, {of}.source,
       {of}.weight, 'points' as conversion, {of}.points"""
_CONVERTED = """select {given}
from given g join choices c on c.goal = g.goal
union all
select {further}
from further f join opened o on o.goal = f.goal"""
_ENOUGH = """select o.goal, o.slot, min(c.choice) as choice
from opened o
join choices c on c.goal = o.goal
join decisions d on d.goal = o.goal and d.learner = {opened}
where d.decision = 'shown'
group by o.goal, o.slot"""


Scores = tuple[tuple[object, ...], ...]
"""Item, rater, agreed, source, weight and points of each score, oldest first: what makes questions alike."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A sub-competency as it is asked about.

    ``raters``: how many of those it needs have named themselves only in marks that do not count;
    ``sources``: who still has to give scores.
    """

    rubric: str
    subcompetency: str
    raters: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suppositions:
    """The questions put together: tables and queries for the engine, and whom each answer is for.

    ``choices`` are the suppositions by goal, in the order in which they are preferred; ``askers`` the
    decisions by goal and slot.
    """

    tables: tuple[Table, ...]
    queries: tuple[Query, ...]
    choices: Sequence[Sequence[Enough]]
    askers: Sequence[Sequence[Sequence[Explanation]]]


def is_open(explanation: Explanation) -> bool:
    """Return whether further scores could make it shown: the method decides, and it is not shown.

    Not asked about is what a rubric of uncommonly many levels would make too many questions, and what only
    a folder that somebody edited can hold: numbers the query has no room for.
    """
    return (
        explanation.overruled is None
        and explanation.decision.decision is not Decision.SHOWN
        and len(explanation.rubric.levels) <= _MOST_LEVELS
        and all(
            abs(number) < _LIMIT
            for score in explanation.scores
            for number in (score.piece.points, score.piece.weight or Decimal(0))
        )
    )


def build_suppositions(explanations: Iterable[Explanation]) -> Suppositions:
    """Return the questions about these decisions, which are open; there is at least one."""
    asked: dict[_Asked, dict[Scores, list[Explanation]]] = {}
    for each in explanations:
        slots = asked.setdefault(_describe_asked(each), {})
        slots.setdefault(_describe_scores(each), []).append(each)
    askers = [list(slots.values()) for slots in asked.values()]
    goals = [
        _adapt_goal(number, each, slots[0][0])
        for number, (each, slots) in enumerate(zip(asked, askers, strict=True))
    ]
    choices = [list(_list_choices(goal, each)) for goal, each in zip(goals, asked, strict=True)]
    row_ids = count()
    given = [
        (next(row_ids), goal, slot, nth, item, nth, *rest)
        for goal, slots in enumerate(asked.values())
        for slot, scores in enumerate(slots)
        for nth, (item, *rest) in enumerate(scores, start=1)
    ]
    further = [
        (next(row_ids), *row)
        for goal, of_goal in zip(goals, choices, strict=True)
        for row in _list_further(goal, of_goal)
    ]
    tables = (
        build_table(
            "opened",
            _OPENED,
            [(goal, slot) for goal, slots in enumerate(askers) for slot in range(len(slots))],
        ),
        build_table(
            "choices", _CHOICES, [(goal, at) for goal, each in enumerate(choices) for at in range(len(each))]
        ),
        build_table("given", _GIVEN, given),
        build_table("further", _FURTHER, further),
        build_goals(goals),
        build_levels(goals),
    )
    queries = _compose(list_features(goals, (), ()), max(map(len, choices)))
    return Suppositions(tables, queries, choices, askers)


def read_answers(
    suppositions: Suppositions, rows: Iterable[Sequence[Any]]
) -> Iterator[tuple[Explanation, Enough]]:
    """Yield each decision that was asked about and what would be enough, by the rows of ``ENOUGH``."""
    found = {(goal, slot): choice for goal, slot, choice in rows}
    for goal, slots in enumerate(suppositions.askers):
        for slot, explanations in enumerate(slots):
            choice = found.get((goal, slot))
            enough = Enough(MOST, None) if choice is None else suppositions.choices[goal][choice]
            for explanation in explanations:
                yield explanation, enough


def _describe_asked(explanation: Explanation) -> _Asked:
    missing: list[str] = []
    raters = 0
    for need in list_needs(explanation):
        if need.asked is Asked.FROM_SOURCE and need.source is not None:
            missing += [need.source] * (need.wanted - need.there)
        elif need.asked is Asked.RATERS:
            named = {fold_name(score.piece.rater) for score in explanation.scores if score.piece.rater}
            raters = need.there - len(named - {AGREED})
    return _Asked(explanation.rubric.id, explanation.subcompetency.id, raters, tuple(missing[:MOST]))


def _describe_scores(explanation: Explanation) -> Scores:
    """Return what the query looks at of the scores, as far as this goal makes it, so that more are alike."""
    choice = explanation.choice
    specification, needs = SPECIFICATIONS[choice.by], choice.at_least
    items: dict[str, int] = {}
    raters: dict[str, str] = {}
    rows = []
    for each in explanation.scores:
        piece = each.piece
        rater = fold_name(piece.rater) if piece.rater and needs.raters else None
        weighted = specification.weights_count and piece.weight is not None
        rows.append(
            (
                # Items and raters are only told apart, so numbers stand for them.
                items.setdefault(fold_name(piece.item), len(items)) if needs.items > 1 else 0,
                None if rater is None else raters.setdefault(rater, str(len(raters))),
                int(rater == AGREED),
                piece.source if piece.source in needs.sources else None,
                piece.weight if weighted else Decimal(1),
                piece.points,
            )
        )
    return tuple(rows if specification.order_matters else sorted(rows, key=repr))


def _adapt_goal(number: int, asked: _Asked, explanation: Explanation) -> Goal:
    """Return the goal as the query is to see it: what decides which scores count has done so already."""
    part, choice = explanation.subcompetency, explanation.choice
    needs = choice.at_least._replace(raters=max(choice.at_least.raters - asked.raters, 0))
    adapted = MethodChoice(choice.by, choice.latest, choice.n, needs)
    return Goal(number, explanation.rubric, part._replace(decide=adapted))


def _list_choices(goal: Goal, asked: _Asked) -> Iterator[Enough]:
    """Yield the suppositions from the one that asks least: few scores before many, low levels before high."""
    for more in range(1, MOST + 1):
        for level in goal.rubric.levels:
            yield Enough(more, level, asked.sources[:more])


def _list_further(goal: Goal, choices: Sequence[Enough]) -> Iterator[tuple[object, ...]]:
    beyond = len(goal.subcompetency.evidence)
    for choice, enough in enumerate(choices):
        for nth in range(enough.more):
            source = enough.sources[nth] if nth < len(enough.sources) else None
            points = enough.level.points if enough.level is not None else None
            item = beyond + nth
            yield (
                goal.number,
                choice,
                item,
                item,
                _FUTURE + nth,
                f"further {nth}",
                0,
                source,
                Decimal(1),
                points,
            )


def _compose(features: Features, width: int) -> tuple[Query, ...]:
    opened = _LEARNER.format(slot="o", width=width, choice="c")
    given = _COLUMNS.format(of="g", learner=_LEARNER.format(slot="g", width=width, choice="c"))
    further = _COLUMNS.format(of="f", learner=_LEARNER.format(slot="o", width=width, choice="f"))
    return (
        Query("learners", _LEARNERS.format(opened=opened), told=False),
        Query(CONVERTED, _CONVERTED.format(given=given, further=further), told=False),
        *(replace(query, told=False) for query in compose_supposition(features)),
        Query(ENOUGH, _ENOUGH.format(opened=opened)),
    )
