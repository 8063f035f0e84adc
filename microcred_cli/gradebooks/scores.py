"""The scores of an export with a row a score, each of which may stand there only once."""

from collections.abc import Hashable

from microcred_cli.model.gradebook import Score
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem


class ScoreList:
    """Collects scores; ``advice`` says what to do about one that stands there again."""

    def __init__(self, advice: str) -> None:
        self._advice = advice
        self._scores: list[Score] = []
        self._rows: dict[Hashable, int] = {}

    def add(self, score: Score, identity: Hashable, place: Place, content: str) -> Problem | None:
        """Take a score in; a problem when one of the same identity was taken from another row.

        ``content`` is the cell that the score was read from.
        """
        first = self._rows.setdefault(identity, score.row)
        if first != score.row:
            message = f"row {first} gives the same score of the same learner already"
            return Problem(message, place, self._advice, content, score.learner)
        self._scores.append(score)
        return None

    def list(self) -> tuple[Score, ...]:
        """Return the scores in the order of the export."""
        return tuple(self._scores)
