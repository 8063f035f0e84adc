"""Rubrics as Canvas exports them become rubric files."""

from typing import Any

import pytest

from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.draft import Draft, Imported
from tests.shared import find_shared

HEAD = "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range"
RATING = ",Rating Name,Rating Description,Rating Points"
TEAM = (
    f"{HEAD}{RATING}{RATING}\n"
    'Team,Shares,"Shares ideas, and more",false,Full,"<p>Helps &amp; shares</p>",4,None,Attends,1\n'
    "Team,Settles,,false,Full,Resolves,4,None,Avoids,1\n"
)


def read(text: str) -> Imported:
    return read_rubrics("r.csv", text.encode())


def read_one(text: str) -> Draft:
    imported = read(text)
    assert (imported.system, imported.problems) == ("Canvas rubrics", ())
    (draft,) = imported.drafts
    return draft


def list_parts(draft: Draft) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = draft.tree["subcompetencies"]
    return parts


def test_each_criterion_is_a_subcompetency_that_its_column_in_the_assessments_decides() -> None:
    draft = read_one(TEAM)
    assert (draft.tree["id"], draft.tree["title"], draft.tree["shown_at"]) == ("team", "Team", "full")
    shares, settles = list_parts(draft)
    assert (shares["id"], shares["title"]) == ("shares", "Shares")
    (criterion,) = shares["criteria"]
    assert criterion["title"] == "Shares ideas, and more"
    assert criterion["descriptors"] == {"none": "Attends", "full": "Helps & shares"}
    assert shares["evidence"] == [{"item": "Shares"}]
    assert settles["criteria"][0]["title"] == "Settles"
    assert draft.losses == ()


def test_numbered_headings_and_ragged_rows_and_a_name_that_is_said_once() -> None:
    text = (
        f"{HEAD},Rating Name 1,Rating Description 1,Rating Points 1"
        ",Rating Name 2,Rating Description 2,Rating Points 2\n"
        "Team,Shares,,false,Full,,4,None,,1\n,Settles,,false,Full,,4\n"
    )
    shares, settles = list_parts(read_one(text))
    assert (shares["title"], settles["title"]) == ("Shares", "Settles")
    assert "descriptors" not in settles["criteria"][0]


def test_several_rubrics_in_one_file() -> None:
    imported = read(TEAM + "Talk,Clear,,false,Yes,,1,No,,0\n")
    assert [draft.tree["id"] for draft in imported.drafts] == ["team", "talk"]


def test_what_is_lost_is_said_with_its_row() -> None:
    text = TEAM.replace("Settles,,false", "Settles,,true").replace("Full,Resolves,4", "Full,Resolves,8")
    messages = [(loss.place.row if loss.place else None, loss.message) for loss in read_one(text).losses]
    assert any(row == 3 and "ranges" in message for row, message in messages)
    assert any("different points" in message for _, message in messages)
    long = TEAM.replace("Shares ideas, and more", "Shares " * 100)
    assert any("too long" in loss.message for loss in read_one(long).losses)


def test_a_description_of_several_lines_is_one_title() -> None:
    text = TEAM.replace("Shares ideas, and more", "<ul><li>Shares</li><li>Listens</li></ul>")
    assert list_parts(read_one(text))[0]["criteria"][0]["title"] == "Shares; Listens"


def test_names_of_a_criterion_s_own_describe_its_levels_and_are_known_in_the_export() -> None:
    text = TEAM.replace("Full,Resolves,4,None,Avoids,1", "Five talks,,4,Two talks,,1")
    settles = list_parts(read_one(text))[1]
    assert settles["criteria"][0]["descriptors"] == {"none": "Two talks", "full": "Five talks"}
    assert settles["evidence"] == [{"item": "Settles", "grades": {"Two talks": "none", "Five talks": "full"}}]


@pytest.mark.parametrize(
    ("row", "message", "column"),
    [
        ("Team,Shares,,false,Full,,four\n", "the points of this rating are no number", 7),
        ("Team,Shares,,false,Full,\n", "the points of this rating are no number", 7),
        ("Team,Shares,,false\n", "the criterion has no rating", None),
    ],
)
def test_a_rating_without_points_is_a_problem_with_its_place(
    row: str, message: str, column: int | None
) -> None:
    imported = read(f"{HEAD}{RATING}\n{row}")
    first = imported.problems[0]
    assert (first.message, first.place.row, first.place.column) == (message, 2, column)


def test_the_sample_of_the_design() -> None:
    path = find_shared("gradebooks", "synthetic", "canvas", "rubric_import.csv")
    (draft,) = read_rubrics(path.name, path.read_bytes()).drafts
    assert [part["title"] for part in list_parts(draft)] == ["Contributes", "Conflict"]
    assert [level["title"] for level in draft.tree["levels"]] == ["Benchmark", "Milestone", "Capstone"]
