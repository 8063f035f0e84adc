"""How many learners of a cohort came to which decision, and to the award."""

from collections.abc import Mapping

from microcred_cli.cli.console import print_result
from microcred_cli.cli.tables import print_table
from microcred_cli.model.award import Award
from microcred_cli.model.decision import Decision
from microcred_cli.model.number_words import count_things
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.safe import safe


def print_counts(
    rubric: Rubric,
    learners: int,
    decisions: Mapping[tuple[str, Decision], int],
    awards: Mapping[Award, int],
) -> None:
    """Print the decisions by sub-competency, then the award; what is not counted is none."""
    kinds = list(Decision)
    rows = [
        [part.title, *(str(decisions.get((part.id, kind), 0)) for kind in kinds)]
        for part in rubric.subcompetencies
    ]
    divided = [kind.replace("-", "-\n") for kind in kinds]
    print_table(["sub-competency", *divided], rows, numeric=frozenset(range(1, len(kinds) + 1)))
    summary = ", ".join(f"{awards.get(kind, 0)} {kind}" for kind in Award)
    print_result(f"{safe(rubric.title)}: {count_things(learners, 'learner')}; award: {summary}")
