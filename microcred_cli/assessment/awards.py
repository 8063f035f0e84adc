"""Decisions to awards, by the rule of each rubric."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from microcred_cli.assessment.matching import Locate
from microcred_cli.model.award import Award, Held, Standing, decide_award, list_leaves, name_missing
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import AwardRow, DecisionRow, SourceDecision
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.suggest import advise_name

HeldBadges = Mapping[str, frozenset[str]]
"""By learner's key, the ids of the rubrics whose badges the learner holds."""


def check_held(rubrics: Sequence[Rubric], held: HeldBadges | None, locate: Locate) -> Iterator[Problem]:
    """Yield a problem for each award that asks for a badge of which nothing tells who holds it.

    And for rubrics that ask for each other's badge. ``held`` None: nothing is known of badges held.
    """
    known = {rubric.id for rubric in rubrics}
    for number, rubric in enumerate(rubrics):
        absent = [name for name in _list_held(rubric) if name not in known]
        if absent and held is None:
            message = f"the award asks for the badge of {absent[0]}, and nothing tells who holds it"
            advice = "give --held awards.csv, assess that rubric as well, or use the project it is issued by"
            yield Problem(message, locate(number, ("award",)), advice)
    for number, rubric in enumerate(rubrics):
        if rubric.id in _collect_asked(rubric, rubrics):
            message = f"the award of {rubric.id} asks, directly or through others, for its own badge"
            yield Problem(message, locate(number, ("award",)), "take one of the `held` rules out")


def check_known(
    rubrics: Sequence[Rubric], known: Collection[str], siblings: Collection[str], locate: Locate
) -> Iterator[Problem]:
    """Yield a problem for each award that asks for a badge that is not among those known here.

    Only rubrics are suggested, these and their ``siblings``: what a table calls a rubric may be anything.
    """
    own = {rubric.id for rubric in rubrics}
    for number, rubric in enumerate(rubrics):
        for name in dict.fromkeys(_list_held(rubric)):
            if name not in own and name not in known:
                message = f"the award asks for the badge of {name}, and no rubric of that name is known here"
                advice = advise_name(name, sorted({*own, *siblings} - {rubric.id}))
                yield Problem(message, locate(number, ("award",)), advice)


def _collect_asked(rubric: Rubric, rubrics: Sequence[Rubric]) -> set[str]:
    """Return the rubrics whose badges the award asks for, directly or through others."""
    asked = {each.id: _list_held(each) for each in rubrics}
    found: set[str] = set()
    pending = list(asked[rubric.id])
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += asked.get(name, ())
    return found


def order_rubrics(rubrics: Sequence[Rubric]) -> tuple[Rubric, ...]:
    """Return the rubrics, each after those whose badge it asks for; without those that go in a circle."""
    waiting = {rubric.id: rubric for rubric in rubrics}
    ordered: list[Rubric] = []
    while ready := [
        rubric for rubric in waiting.values() if not any(name in waiting for name in _list_held(rubric))
    ]:
        ordered += ready
        for rubric in ready:
            del waiting[rubric.id]
    return tuple(ordered)


def _list_held(rubric: Rubric) -> list[str]:
    return [leaf.rubric for leaf in list_leaves(rubric.award) if isinstance(leaf, Held)]


def build_awards(
    decisions: Sequence[DecisionRow],
    by_source: Sequence[SourceDecision],
    rubrics: Sequence[Rubric],
    learners: Sequence[Learner],
    held: HeldBadges,
) -> tuple[AwardRow, ...]:
    """Return the award of every learner and rubric, in their order, by the rubric's rule."""
    decided: dict[tuple[str, str], dict[str, Decision]] = {}
    denied: dict[tuple[str, str, str], Decision] = {}
    for row in decisions:
        decided.setdefault((row.learner, row.rubric), {})[row.subcompetency] = row.decision
        if row.counts_for_every_source:
            denied[row.learner, row.rubric, row.subcompetency] = row.decision
    of_source: dict[tuple[str, str], dict[tuple[str, str], Decision]] = {}
    for each in by_source:
        decision = denied.get((each.learner, each.rubric, each.subcompetency), each.decision)
        of_source.setdefault((each.learner, each.rubric), {})[each.subcompetency, each.source] = decision
    ordered = order_rubrics(rubrics)
    awards: dict[tuple[str, str], AwardRow] = {}
    # Many learners have come to the same; what follows from it is worked out once.
    known: dict[tuple[object, ...], tuple[Award, tuple[str, ...]]] = {}
    for learner in learners:
        badges = {rubric.id: Award.NOT_YET for rubric in rubrics}
        own = dict.fromkeys(held.get(learner.key, ()), Award.EARNED)
        for rubric in ordered:
            goal = learner.key, rubric.id
            standing = Standing(decided[goal], of_source.get(goal, {}), badges | own)
            same = (
                rubric.id,
                *standing.decisions.values(),
                *standing.by_source.values(),
                *standing.badges.items(),
            )
            if same not in known:
                known[same] = decide_award(rubric.award, standing), _list_missing(rubric, standing)
            award, missing = known[same]
            badges[rubric.id] = award
            shown = tuple(name for name, each in standing.decisions.items() if each is Decision.SHOWN)
            awards[goal] = AwardRow(learner.key, rubric.id, rubric.version, award, shown, missing)
    return tuple(awards[learner.key, rubric.id] for learner in learners for rubric in rubrics)


def _list_missing(rubric: Rubric, standing: Standing) -> tuple[str, ...]:
    """Return what the award lacks: sub-competencies in the rubric's order, then what else it asks for."""
    missing = dict.fromkeys(map(str, name_missing(rubric.award, standing)))
    order = [*standing.decisions, *missing]
    return tuple(sorted(missing, key=order.index))
