"""Which badges learners hold, by the awards of another assessment."""

from microcred_cli.assessment.named_rows import read_named_rows
from microcred_cli.model.award import Award
from microcred_cli.model.problem import Problem
from microcred_cli.texts.suggest import advise_name


def read_held(file: str, data: bytes) -> tuple[dict[str, frozenset[str]], tuple[Problem, ...]]:
    """Return by learner's key the rubrics whose award is ``earned``, and what is wrong with the table.

    The table is ``awards.csv`` of an assessment folder, or any with its columns learner, rubric and award.
    """
    rows, problems = read_named_rows(file, data, ("learner", "rubric", "award"), others=True)
    held: dict[str, set[str]] = {}
    refused = list(problems)
    for row in rows:
        if row.cells["award"] not in set(Award):
            advice = advise_name(row.cells["award"], Award)
            refused.append(Problem("there is no such award", row.places["award"], advice))
        elif row.cells["award"] == Award.EARNED:
            held.setdefault(row.cells["learner"], set()).add(row.cells["rubric"])
    return {learner: frozenset(rubrics) for learner, rubrics in held.items()}, tuple(refused)
