"""Who is left out changes nothing for anybody else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microcred_cli.assessment.matching import name_items
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import EvidenceItem, MethodChoice, Rubric
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.names import fold_name
from microcred_cli.workflows.decide_cohort import Circumstances, Outcome, decide_cohort
from tests.assessment.cohorts import locate, make_rubric
from tests.assessment.decided import read_made
from tests.assessment.made_cohorts import FILLER, Cohort, draw_cohorts
from tests.assessment.plain.records import Row

BREAKS = (
    {"score": "?!"},
    {"item": ""},
    {"date": "soon"},
    {"attempt": "first"},
    {"late": "perhaps"},
    {"source": "nobody"},
    {"possible": "a lot"},
    {"score": "1e3"},
)
"""What makes a row of a long table one that is refused."""
WORD = {"score": "Splendid!"}
"""What does so only where a rubric has to know what it means."""
LONG = settings.get_current_profile_name() == "long"


def write_lines(rows: Sequence[Row | None]) -> bytes:
    """Return the long table with a blank line for a row that is not there, so that the others keep theirs."""
    names = [each.name for each in fields(Row)]
    lines = ["" if row is None else ",".join(getattr(row, name) for name in names) for row in rows]
    return "\n".join([",".join(names), *lines, ""]).encode()


def decide_rows(
    cohort: Cohort, rubrics: Sequence[Rubric], rows: Sequence[Row | None], *, skip_invalid: bool
) -> Outcome:
    gradebook = read_gradebook("g.csv", write_lines(rows), GradebookSettings(decimal="."))
    held = {name: learner.held for name, learner in cohort.learners.items()}
    around = Circumstances(datetime.combine(cohort.as_of, time(), UTC), held, skip_invalid=skip_invalid)
    return decide_cohort(rubrics, [gradebook], locate, around)


def forget_left_out(outcome: Outcome) -> Outcome:
    return replace(outcome, skipped=())


def test_the_others_are_decided_as_without_the_rows_of_those_left_out() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=300 if LONG else 16)
    @given(draw_cohorts(learners=(2, 6), ordered=False), st.data())
    def compare(cohort: Cohort, data: st.DataObject) -> None:
        rubrics = read_made(cohort)
        breakable = [number for number, row in enumerate(cohort.rows) if row.learner != FILLER]
        hit = data.draw(st.sets(st.sampled_from(breakable), max_size=3))
        used = name_items(rubrics)
        breaks = {
            number: data.draw(
                st.sampled_from((*BREAKS, *([WORD] if fold_name(cohort.rows[number].item) in used else [])))
            )
            for number in sorted(hit)
        }
        rows = [replace(row, **breaks.get(number, {})) for number, row in enumerate(cohort.rows)]
        outcome = decide_rows(cohort, rubrics, rows, skip_invalid=True)
        assert outcome.problems == ()
        left_out = {problem.learner for problem in outcome.skipped}
        broken = {rows[number].learner for number in hit}
        assert broken <= left_out
        assert {learner.key for learner in outcome.learners} == {row.learner for row in rows} - left_out
        seen["broken"] += bool(broken)
        seen["tied"] += bool(left_out - broken)
        kept = [None if row.learner in left_out else row for row in rows]
        assert replace(outcome, skipped=()) == decide_rows(cohort, rubrics, kept, skip_invalid=False)

    compare()
    # Ties are rare among few examples.
    assert all(seen[kind] for kind in (("broken", "tied") if LONG else ("broken",))), seen


CELLS = ("3", "2.5", "1", "0", "", "EX", "Level 4", "4.25", "?!", "2.75.1", "33", "Splendid")


@given(
    st.lists(st.tuples(*(st.sampled_from(CELLS),) * 3), min_size=1, max_size=7),
    st.sampled_from([Method.HIGHEST, Method.AVERAGE, Method.DECAYING_AVERAGE, Method.MEDIAN]),
)
@settings(max_examples=600 if LONG else 30)
def test_the_same_holds_for_a_wide_table(table: list[tuple[str, str, str]], method: Method) -> None:
    items = ("Essay", "Talk", "Quiz")
    latest = Decimal(65) if method is Method.DECAYING_AVERAGE else None
    rubric = make_rubric(MethodChoice(method, latest), [EvidenceItem(item) for item in items])
    lines = [f"s{number},{','.join(cells)}" for number, cells in enumerate(table)]

    def decide(rows: Sequence[str], *, skip_invalid: bool) -> Outcome:
        text = "\n".join(["learner,Essay,Talk,Quiz", *rows, ""])
        book = read_gradebook("g.csv", text.encode(), GradebookSettings())
        return decide_cohort([rubric], [book], locate, Circumstances(skip_invalid=skip_invalid))

    outcome = decide(lines, skip_invalid=True)
    refused = {f"s{number}" for number, cells in enumerate(table) if {"?!", "2.75.1", "Splendid"} & {*cells}}
    above = [{f"s{number}" for number, cells in enumerate(table) if cells[at] == "33"} for at in range(3)]
    if any(len(each) > 1 for each in above):
        # The scale may be wrong, and nobody is decided on.
        assert outcome.learners == ()
        assert {problem.learner for problem in outcome.problems} == {None}
        return
    left_out = refused.union(*above)
    assume(len(left_out) < len(table))
    assert {problem.learner for problem in outcome.skipped} == left_out
    kept = ["" if line.partition(",")[0] in left_out else line for line in lines]
    assert replace(outcome, skipped=()) == decide(kept, skip_invalid=False)


@pytest.mark.parametrize("skip_invalid", [True, False])
def test_without_a_problem_it_does_not_matter_who_would_be_left_out(*, skip_invalid: bool) -> None:
    rubric = make_rubric(MethodChoice(Method.HIGHEST), [EvidenceItem("Essay")])
    book = read_gradebook("g.csv", b"learner,Essay\ns1,3\n", GradebookSettings())
    outcome = decide_cohort([rubric], [book], locate, Circumstances(skip_invalid=skip_invalid))
    assert (outcome.problems, outcome.skipped) == ((), ())
    assert len(outcome.decisions) == 1
