"""The five states a cell may have, from the published list of what Canvas writes."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

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


def write_moodle(cell: str) -> str:
    heading = "First name,Last name,ID number,Email address,Assignment: Essay (Percentage)"
    rows = f"A,B,1,a@x.org,{cell},1763900000\nC,D,2,c@x.org,40.00 %,1763900000\n"
    return f"{heading},Last downloaded from this course\n{rows}"


def write_blackboard(cell: str) -> str:
    heading = '"Last Name","First Name","Username","Student ID","Last Access","Availability"'
    return (
        f'{heading},"Essay [Total Pts: 100 Score] |1"\n"B","A","u","1","2026-11-01 20:20:47","Yes","{cell}"\n'
    )


def write_openedx(cell: str) -> str:
    tail = "Cohort Name,Enrollment Track,Verification Status,Certificate Eligible,Certificate Delivered"
    tail += ",Certificate Type,Enrollment Status"
    return (
        f"Student ID,Email,Username,Grade,Essay,{tail}\n1,a@x.org,u,0.5,{cell},,audit,N/A,N,N,N/A,enrolled\n"
    )


def write_gradescope(row: dict[str, str]) -> str:
    about = "Total Score,Max Points,Status,Submission ID,Submission Time,Lateness (H:M:S)"
    heading = f"First Name,Last Name,SID,Email,,{about},1: Essay (20 pts)"
    total = row["Total Score"]
    cells = f"{total},20,{row['Status']},1,2026-10-01 13:16:26 -0600,00:00:00,{total}"
    return f"{heading}\nA,B,1,a@x.org,,{cells}\n"


def write_brightspace(key: str) -> str:
    essay = "Essay Points Grade <Numeric MaxPoints:10 Weight:8 Category:Work CategoryWeight:60>"
    return f"OrgDefinedId,Username,{essay},End-of-Line Indicator\n{key},#u,7,#\n"


WRITERS: dict[str, Callable[[Any], str]] = {
    "moodle": write_moodle,
    "blackboard": write_blackboard,
    "openedx": write_openedx,
    "gradescope": write_gradescope,
    "d2l_identity": write_brightspace,
}
# What no reader can know, Moodle has no grade for.
STATES = {"unknown": CellState.MISSING}


def test_every_case_of_the_published_list_in_the_export_of_its_system() -> None:
    cases = json.loads(find_shared("vectors", "cell_states.json").read_text(encoding="utf-8"))["cases"]
    others = [case for case in cases if case["system"] != "canvas"]
    assert {case["system"] for case in others} == WRITERS.keys()
    assert len(others) == 8
    for case in others:
        text = WRITERS[case["system"]](case.get("cell", case.get("row")))
        gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
        assert gradebook.problems == (), case
        if case["system"] == "d2l_identity":
            assert gradebook.learners[0].key == case["value"]
            continue
        score = next(each for each in gradebook.scores if "Essay" in each.item)
        assert score.state == STATES.get(case["state"], case["state"]), case
        for kind, whole in (("value", score.possible), ("percent", 100), ("fraction", 1)):
            if kind in case:
                assert score.value is not None
                assert score.possible is not None
                share = score.value / score.possible
                assert share == pytest.approx(Decimal(str(case[kind])) / Decimal(whole or 1))
        if "provisional" in case:
            assert score.value is None


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
