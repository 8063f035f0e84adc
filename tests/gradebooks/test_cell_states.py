"""The five states a cell may have, from the published list of what Canvas writes."""

import json
from decimal import Decimal

import pytest

from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.gradebook import CellState, Gradebook, Score
from microcred_cli.model.settings import GradebookSettings
from tests.shared import find_shared


def read_cell(cell: str) -> Gradebook:
    text = f'Student,ID,Section,Essay (7)\n    Points Possible,,,"4,000.00"\n"A, B",1,S,"{cell}"\n'
    return read_gradebook("g.csv", text.encode(), GradebookSettings())


def test_every_canvas_case_of_the_published_list() -> None:
    cases = json.loads(find_shared("vectors", "cell_states.json").read_text(encoding="utf-8"))["cases"]
    canvas = [case for case in cases if case["system"] == "canvas"]
    assert len(canvas) == 4
    for case in canvas:
        gradebook = read_cell(case["cell"])
        assert gradebook.problems == ()
        (score,) = gradebook.scores
        expected = case.get("value")
        assert (score.state, score.value) == (
            case["state"],
            None if expected is None else Decimal(str(expected)),
        ), case


@pytest.mark.parametrize(
    ("cell", "state", "value"),
    [
        ("", CellState.MISSING, None),
        ("EX", CellState.EXCUSED, None),
        ("N/A", CellState.NOT_ASSIGNED, None),
        ("0.00", CellState.SCORE, Decimal(0)),
        ("-1.50", CellState.SCORE, Decimal("-1.5")),
    ],
)
def test_states_of_canvas_never_mix(cell: str, state: CellState, value: Decimal | None) -> None:
    (score,) = read_cell(cell).scores
    assert (score.state, score.value) == (state, value)


def test_a_letter_is_a_score_without_a_number() -> None:
    (score,) = read_cell("B+").scores
    assert (score.state, score.value, score.label) == (CellState.SCORE, None, "B+")


@pytest.mark.parametrize(
    "cell", ["ex", "n/a", "Excused", "NaN", "1e999", "9_0", "\u0665", " 3", "3 ", "inf", "+3", "G"]
)
def test_what_canvas_never_writes_is_refused_with_its_place(cell: str) -> None:
    gradebook = read_cell(cell)
    assert gradebook.scores == ()
    (problem,) = gradebook.problems
    assert (problem.place.row, problem.place.column, problem.place.heading) == (3, 4, "Essay (7)")
    assert cell not in problem.message
    assert problem.content == cell


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("", CellState.MISSING),
        ("missing", CellState.MISSING),
        ("EX", CellState.EXCUSED),
        ("Excused", CellState.EXCUSED),
        ("n/a", CellState.NOT_ASSIGNED),
        ("Not assigned", CellState.NOT_ASSIGNED),
        ("ungraded", CellState.UNGRADED),
        ("0", CellState.SCORE),
    ],
)
@pytest.mark.parametrize("layout", ["long", "wide"])
def test_states_of_the_generic_layouts(layout: str, cell: str, state: CellState) -> None:
    text = f"learner,item,score\na,Essay,{cell}\n" if layout == "long" else f"learner,Essay\na,{cell}\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert gradebook.problems == ()
    scores: tuple[Score, ...] = gradebook.scores
    assert [score.state for score in scores] == [state]
