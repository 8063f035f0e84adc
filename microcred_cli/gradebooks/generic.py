"""What the cells of the generic layouts may say."""

from microcred_cli.gradebooks.cells import CellGrammar
from microcred_cli.model.gradebook import CellState

GRAMMAR = CellGrammar(
    {
        "missing": CellState.MISSING,
        "ex": CellState.EXCUSED,
        "excused": CellState.EXCUSED,
        "n/a": CellState.NOT_ASSIGNED,
        "not assigned": CellState.NOT_ASSIGNED,
        "ungraded": CellState.UNGRADED,
    },
    fold=True,
    texts=True,
)
