"""Everything that a learner's rows come to: decisions and awards of several rubrics."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.assessment.plain.awards import HELD, Leaf, State, decide_award, list_leaves
from tests.assessment.plain.decisions import Verdict, decide_part
from tests.assessment.plain.records import Row, Rubric

STATES: Mapping[str, State] = {"shown": True, "not-yet": False, "earned": True}
"""What a decision or an award makes of a part of a rule; every other leaves it open."""


@dataclass(slots=True)
class Learner:
    """One learner: decides when asked, each thing once. ``held`` are rubrics whose badge is there."""

    rubrics: Sequence[Rubric]
    rows: Sequence[Row]
    as_of: date
    held: frozenset[str] = frozenset()
    verdicts: dict[tuple[str, str, str], Verdict] = field(default_factory=dict)
    awards: dict[str, str] = field(default_factory=dict)

    def decide(self, rubric: Rubric, part_id: str, source: str = "") -> Verdict:
        """Return the decision; with ``source``, by the scores of that source alone."""
        key = rubric.id, part_id, source
        if key not in self.verdicts:
            part = next(part for part in rubric.parts if part.id == part_id)
            self.verdicts[key] = decide_part(rubric, part, self.rows, self.as_of, source or None)
        return self.verdicts[key]

    def award(self, rubric: Rubric) -> str:
        """Return earned, not-yet or incomplete."""
        if rubric.id not in self.awards:
            parts = tuple(part.id for part in rubric.parts)
            leaves = list_leaves(rubric.award, parts)
            states = {leaf: self._find_state(rubric, leaf) for leaf in leaves}
            self.awards[rubric.id] = decide_award(rubric.award, parts, states)
        return self.awards[rubric.id]

    def _find_state(self, rubric: Rubric, leaf: Leaf) -> State:
        source, name = leaf
        if source != HELD:
            return STATES.get(self.decide(rubric, name, source).decision)
        if name in self.held:
            return True
        for other in self.rubrics:
            if other.id == name:
                return STATES.get(self.award(other))
        return False

    def list_unordered(self) -> Iterator[tuple[Row, Row]]:
        """Yield pairs of scores that nothing orders though a decision or an award rests on their order."""
        for rubric in self.rubrics:
            for part in rubric.parts:
                self.decide(rubric, part.id)
            self.award(rubric)
        for verdict in self.verdicts.values():
            if verdict.unordered is not None:
                yield verdict.unordered

    def list_arbitrary(self) -> Iterator[tuple[Row, Row]]:
        """Yield pairs of which one replaces the other for no reason, also where their points are the same."""
        for rubric in self.rubrics:
            for part in rubric.parts:
                tied = self.decide(rubric, part.id).chosen.tied
                if tied is not None:
                    yield tied[0].row, tied[1].row
