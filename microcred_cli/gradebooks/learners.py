"""The learners of an export, each under one key."""

import re

from microcred_cli.model.gradebook import Learner
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.names import fold_name

LOST_DIGITS = r"[0-9](?:[.,][0-9]+)?E\+[0-9]+"
"""1.23457E+14: what Excel makes of a long number when it saves CSV; two keys may have become one."""
_LOST_DIGITS = re.compile(LOST_DIGITS, re.ASCII)


def is_key(text: str) -> bool:
    """Return whether a text can tell learners apart."""
    return bool(fold_name(text)) and _LOST_DIGITS.fullmatch(text) is None


class LearnerList:
    """Collects learners; keys that only look different are a problem, not two learners."""

    def __init__(self) -> None:
        self._learners: dict[str, Learner] = {}
        self._keys: dict[str, tuple[str, Place]] = {}

    def add(self, learner: Learner, place: Place, *, once: bool) -> Problem | None:
        """Take a learner in; ``once`` when each may stand in the export one time only."""
        folded = fold_name(learner.key)
        if not folded:
            return Problem("this row has no learner", place, "every row needs the learner's key")
        if not is_key(learner.key):
            advice = "format the column as text in the spreadsheet program before saving, or export again"
            return Problem("a spreadsheet has cut the digits of this key", place, advice, content=learner.key)
        known = self._keys.get(folded)
        if known is None:
            self._keys[folded] = (learner.key, place)
            self._learners[learner.key] = learner
            return None
        key, first = known
        if once:
            return Problem(
                f"the same learner stands in row {first.row} already",
                place,
                "delete one of the two rows",
                content=learner.key,
                # Written another way it may be somebody else's.
                learner=learner.key if key == learner.key else None,
            )
        if key != learner.key:
            return Problem(
                f"this learner's key differs from row {first.row} only in case or spaces",
                place,
                "write it the same way everywhere",
                content=learner.key,
            )
        return self._complete(learner, place, first)

    def _complete(self, learner: Learner, place: Place, first: Place) -> Problem | None:
        """Fill in a name or e-mail given only in a later row; two different ones are a problem."""
        known = self._learners[learner.key]
        for word, old, new in (
            ("name", known.name, learner.name),
            ("e-mail", known.email, learner.email),
        ):
            if old is not None and new is not None and old != new:
                return Problem(
                    f"this learner has another {word} in row {first.row}",
                    place,
                    "one learner, one key: correct whichever is wrong",
                    content=new,
                    learner=learner.key,
                )
        self._learners[learner.key] = Learner(
            learner.key, known.name or learner.name, known.email or learner.email, known.row
        )
        return None

    def list(self) -> tuple[Learner, ...]:
        """Return the learners in the order of the export."""
        return tuple(self._learners.values())
