"""Which badges learners hold, by the awards of another assessment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from microcred_cli.assessment.named_rows import read_named_rows
from microcred_cli.model.award import Award
from microcred_cli.model.problem import Problem
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.suggest import advise_name

COLUMNS = ("learner", "rubric", "award")


@dataclass(frozen=True, slots=True)
class HeldTable:
    """The rubrics whose badges learners hold, by learner's key without case, and all rubrics it speaks of."""

    by_learner: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rubrics: frozenset[str] = frozenset()


def read_held(file: str, data: bytes) -> tuple[HeldTable, tuple[Problem, ...]]:
    """Return whose award is ``earned``, and what is wrong with the table.

    The table is ``awards.csv`` of an assessment folder, or any with its columns learner, rubric and award.
    """
    table, problems = read_named_rows(file, data, COLUMNS, others=True)
    refused = list(problems)
    held: dict[str, set[str]] = {}
    for row in table.rows:
        award = row.read_word("award")
        if award not in set(Award):
            refused.append(Problem("there is no such award", row.places["award"], advise_name(award, Award)))
        elif award == Award.EARNED:
            held.setdefault(fold_name(row.cells["learner"]), set()).add(row.read_word("rubric"))
    rubrics = frozenset(row.read_word("rubric") for row in table.rows)
    return HeldTable({key: frozenset(badges) for key, badges in held.items()}, rubrics), tuple(refused)


def join_held(tables: Iterable[HeldTable], learners: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return what each of the learners holds by any of the tables; case and spaces of keys do not matter."""
    given = tuple(tables)
    return {
        learner: frozenset().union(*(table.by_learner.get(fold_name(learner), ()) for table in given))
        for learner in learners
    }
