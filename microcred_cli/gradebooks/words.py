"""The words of the generic layouts for cells without a score, in lower case."""

from microcred_cli.model.gradebook import CellState

WORDS = {
    "missing": CellState.MISSING,
    "ex": CellState.EXCUSED,
    "excused": CellState.EXCUSED,
    "n/a": CellState.NOT_ASSIGNED,
    "not assigned": CellState.NOT_ASSIGNED,
    "ungraded": CellState.UNGRADED,
}
