"""From the scores that count to the decision, and what nothing orders."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from tests.assessment.plain.methods import NEEDS_ORDER, Task, evaluate, find_levels
from tests.assessment.plain.points import read_level, round_result
from tests.assessment.plain.records import Part, Row, Rubric
from tests.assessment.plain.scores import AGREED, Chosen, Mark, choose_scores, name_marking, weigh

SOURCES = ("instructor", "learner", "employer")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision, and what it rests on.

    ``unordered`` holds two rows for which it cannot be made: nothing says which is newer.
    """

    decision: str
    chosen: Chosen
    level: str | None = None
    score: Fraction | None = None
    unordered: tuple[Row, Row] | None = None


def decide_part(
    rubric: Rubric, part: Part, rows: Iterable[Row], as_of: date, source: str | None = None
) -> Verdict:
    """Decide one learner's sub-competency; with ``source``, by the scores of that source alone."""
    chosen = choose_scores(rubric, part, rows, as_of)
    if source is not None:
        chosen = replace(chosen, marks=tuple(mark for mark in chosen.marks if mark.source == source))
    marks = chosen.marks
    if not marks:
        return Verdict("not-assessed", chosen, unordered=_find_tied(chosen))
    task = Task([mark.points for mark in marks], [mark.weight for mark in marks], part, rubric)
    unordered = _find_tied(chosen) or _find_unordered(marks, task)
    result = evaluate(task) if _is_enough(chosen, part, by_source=source is not None) else None
    if result is None:
        return Verdict("insufficient-evidence", chosen, unordered=unordered)
    score = round_result(result, rubric.precision)
    level = read_level(result, rubric)
    shown = score >= rubric.points(rubric.shown_at)
    return Verdict("shown" if shown else "not-yet", chosen, level.id if level else None, score, unordered)


def _is_enough(chosen: Chosen, part: Part, *, by_source: bool) -> bool:
    marks = chosen.marks
    there = {
        "pieces": len(marks),
        "items": len({mark.item for mark in marks}),
        "raters": len(_find_raters(chosen)),
    }
    if not by_source:
        there |= {source: sum(mark.source == source for mark in marks) for source in SOURCES}
    return all(there[name] >= count for name, count in part.at_least.items() if name in there)


def _find_raters(chosen: Chosen) -> set[str]:
    """Return who gave the marks; one agreed on was given by those whose marks it set aside."""
    agreed = {name_marking(mark) for mark in chosen.marks if mark.rater == AGREED}
    behind = {
        mark.rater
        for mark, reason in chosen.aside
        if reason == "agreed mark stands" and name_marking(mark) in agreed
    }
    return ({mark.rater for mark in chosen.marks} | behind) - {"", AGREED}


def _find_tied(chosen: Chosen) -> tuple[Row, Row] | None:
    """Return two scores of which one replaced the other for no reason, where it matters which."""
    if chosen.tied is None:
        return None
    one, other = chosen.tied
    return (one.row, other.row) if weigh(one) != weigh(other) else None


def _find_unordered(marks: Sequence[Mark], task: Task) -> tuple[Row, Row] | None:
    """Return two scores whose order counts and is not told: same date, same line of evidence, same attempt.

    Where their points are the same, so is the result.
    """
    if task.part.by in NEEDS_ORDER:
        for one, other in pairwise(marks):
            if one.order == other.order and one.points != other.points:
                return one.row, other.row
    return _find_undecided(marks, task) if task.part.by == "most-common" else None


def _find_undecided(marks: Sequence[Mark], task: Task) -> tuple[Row, Row] | None:
    """Return the newest scores of two levels that most scores are at, if nothing says which is newer."""
    at = dict(zip(marks, find_levels(task), strict=True))
    counts = Counter(at.values())
    equals = [mark for mark in marks if counts[at[mark]] == max(counts.values())]
    newest = [mark for mark in equals if mark.order == equals[-1].order]
    for one, other in pairwise(newest):
        if at[one] != at[other]:
            return one.row, other.row
    return None
