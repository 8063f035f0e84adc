"""Small cohorts for tests: scores in, decisions out, through the real query and engine."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.award import AtLeast, Shown
from microcred_cli.model.finding import Route
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Learner, Score
from microcred_cli.model.method import SPECIFICATIONS, Method
from microcred_cli.model.place import Place
from microcred_cli.model.results import DecisionRow
from microcred_cli.model.rubric import (
    Criterion,
    EvidenceItem,
    Level,
    MethodChoice,
    Needs,
    Rubric,
    SubCompetency,
)
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows.decide_cohort import Outcome, decide_cohort


def locate(rubric: int, route: Route) -> Place:
    return Place(f"rubric {rubric}: {'/'.join(map(str, route))}")


def make_rubric(
    choice: MethodChoice, items: Sequence[EvidenceItem], shown_points: int = 3, top: int = 5
) -> Rubric:
    levels = tuple(Level(f"l{points}", f"Level {points}", Decimal(points)) for points in range(1, top + 1))
    part = SubCompetency("part", "Part", (Criterion("c", "C"),), tuple(items), choice)
    return Rubric("r", "1.0.0", "R", levels, f"l{shown_points}", (part,), AtLeast(1, (Shown("part"),)))


def decide_scores(method: Method, scores: Sequence[Decimal], **options: Any) -> DecisionRow:
    """Decide one learner with one score an item, oldest first; the options are those of ``work_out``."""
    return work_out(method, scores, **options).decisions[0]


def work_out(
    method: Method,
    scores: Sequence[Decimal],
    *,
    parameter: int | None = None,
    shown_points: int = 3,
    possible: Decimal | None = None,
    top: int = 5,
    at_least: int = 1,
) -> Outcome:
    """Decide one learner with one score an item, oldest first."""
    names = [each.name for each in SPECIFICATIONS[method].parameters]
    choice = MethodChoice(
        method,
        latest=Decimal(parameter or 65) if "latest" in names else None,
        n=parameter if "n" in names else None,
        at_least=Needs(at_least),
    )
    names = [f"item {number}" for number in range(max(len(scores), 1))]
    rubric = make_rubric(choice, [EvidenceItem(name) for name in names], shown_points, top)
    gradebook = Gradebook(
        "g.csv",
        "made",
        "by hand",
        (Learner("a"),),
        tuple(Item(name, name, possible) for name in names),
        tuple(
            Score("a", name, CellState.SCORE, score, None, possible, 2, column)
            for column, (name, score) in enumerate(zip(names, scores, strict=False), start=2)
        ),
    )
    outcome = decide_cohort([rubric], [gradebook], locate)
    assert outcome.problems == ()
    return outcome


def decide(rubric: Rubric, *files: bytes) -> Outcome:
    books = [read_gradebook(f"{n}.csv", data, GradebookSettings()) for n, data in enumerate(files)]
    return decide_cohort([rubric], books, locate)


def long(*rows: str) -> bytes:
    return "\n".join(["learner,item,score,date,attempt,criterion,source,rater", *rows]).encode()
