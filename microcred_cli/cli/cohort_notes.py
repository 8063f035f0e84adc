"""What a reader of the cohort's table should know beside it: persons' decisions, scores that do not count."""

from collections import Counter
from collections.abc import Iterator

from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Held, list_leaves
from microcred_cli.model.number_words import count_things
from microcred_cli.model.results import SetAside


def write_notes(assessment: Assessment, *, forgotten: bool, dropped: int) -> Iterator[str]:
    """Yield the messages; ``forgotten`` and ``dropped`` as ``assess_cohort`` says it."""
    if dropped:
        persons = count_things(dropped, "decision")
        verb = "is" if dropped == 1 else "are"
        yield f"{persons} by a person in the assessment before {verb} not here: --overrides names the file"
    if assessment.overruled:
        yield _count_persons(assessment)
    if any(row.outdated for row in assessment.overruled):
        yield "scores came or changed since: look again, and give what stands a new `at`"
    if forgotten:
        yield "overruled.csv was not readable: only dates tell now what is out of date"
    # A score may be evidence of several sub-competencies.
    aside = {
        (gap.file, gap.row, gap.column, gap.state) for gap in assessment.gaps if gap.state in set(SetAside)
    }
    if aside:
        yield _count_aside(Counter(state for *_, state in aside))
    rubrics = assessment.rubrics
    leaves = [leaf for rubric in rubrics for leaf in list_leaves(rubric.award)]
    asked = {leaf.rubric for leaf in leaves if isinstance(leaf, Held)}
    if assessment.held or asked - {rubric.id for rubric in rubrics}:
        yield _count_badges(assessment)
    elif not asked and any(each.role == "held" for each in assessment.manifest.inputs):
        yield "no award asks for a badge, so --held changed nothing"


def _count_persons(assessment: Assessment) -> str:
    total = len(assessment.overruled)
    outdated = sum(row.outdated for row in assessment.overruled)
    if total == 1:
        state = ", out of date" if outdated else ""
        return f"1 decision by a person{state}: see overruled.csv"
    state = f", {outdated} of them out of date" if outdated else ""
    return f"{total} decisions by a person{state}: see overruled.csv"


def _count_aside(reasons: Counter[str]) -> str:
    total = reasons.total()
    named = ", ".join(f"{reasons[reason]} {reason}" for reason in SetAside if reasons[reason])
    verb = "score does" if total == 1 else "scores do"
    return f"{total} {verb} not count: {named}; see gaps.csv"


def _count_badges(assessment: Assessment) -> str:
    holders = len({badge.learner for badge in assessment.held})
    if holders == 0:
        return "no learner holds a badge from before that an award asks for"
    verb = "learner holds" if holders == 1 else "learners hold"
    return f"{holders} {verb} a badge from before that an award asks for: see held.csv"
