"""A rubric on its way to Canvas, and back."""

import csv
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.exchange.canvas.rubric import write
from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.model.rubric import Rubric
from tests.exchange.test_grid import make_rubric, make_tree
from tests.exchange.wide_rubrics import read_tree

WORDS = st.from_regex(r"[=+a-zé(\"][a-z,\"'é ]{0,20}[a-z.]", fullmatch=True).map(
    lambda text: " ".join(text.split())
)


def read_cells(rubric: Rubric) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write(rubric).data.decode(), newline="")))


def read_back(rubric: Rubric) -> Rubric:
    imported = read_rubrics("canvas.csv", write(rubric).data)
    assert imported.problems == ()
    assert imported.system == "Canvas rubrics"
    (draft,) = imported.drafts
    assert draft.losses == ()
    read = read_tree(draft.tree)
    assert read is not None
    return read


def test_each_criterion_has_a_row_with_its_ratings_highest_first() -> None:
    waits = ["Teamwork", "Listens: Waits", "", "false"]
    asks = ["Teamwork", "Listens: Asks back", "", "false"]
    speaks = ["Teamwork", "Speaks", "Speaks clearly", "false"]
    rating = ["Rating Name", "Rating Description", "Rating Points"]
    assert read_cells(make_rubric()) == [
        ["Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range", *rating, *rating],
        [*waits, "High", "Lets others finish.", "2", "Low", "Cuts in.", "1"],
        [*asks, "High", "Asks what was meant.", "2", "Low", "", "1"],
        [*speaks, "High", "", "2", "Low", "", "1"],
    ]


def test_levels_and_descriptors_come_back() -> None:
    rubric = make_rubric()
    read = read_back(rubric)
    assert read.levels == rubric.levels
    assert [part.title for part in read.subcompetencies] == ["Listens: Waits", "Listens: Asks back", "Speaks"]
    assert [part.criteria[0].descriptors for part in read.subcompetencies] == [
        criterion.descriptors for part in rubric.subcompetencies for criterion in part.criteria
    ]


@given(
    title=WORDS,
    levels=st.lists(
        st.tuples(WORDS, st.decimals(0, 999, places=2)),
        min_size=2,
        max_size=5,
        unique_by=(lambda each: each[1],),
    ),
    texts=st.lists(WORDS, min_size=5, max_size=5),
)
def test_any_levels_come_back(title: str, levels: list[tuple[str, Decimal]], texts: list[str]) -> None:
    tree = make_tree(title)
    named = [
        {"id": f"l{number}", "title": name, "points": points}
        for number, (name, points) in enumerate(sorted(levels, key=lambda each: each[1]))
    ]
    tree["levels"], tree["shown_at"] = named, "l0"
    described = {level["id"]: text for level, text in zip(named, texts, strict=False)}
    for part in tree["subcompetencies"]:
        for criterion in part["criteria"]:
            criterion["descriptors"] = described
    rubric = read_tree(tree)
    assert rubric is not None
    read = read_back(rubric)
    assert read.title == title
    assert [level[1:] for level in read.levels] == [level[1:] for level in rubric.levels]
    for part in read.subcompetencies:
        assert list(part.criteria[0].descriptors.values()) == list(described.values())


def test_what_canvas_has_no_place_for_is_said_and_nothing_else() -> None:
    messages = " / ".join(loss.message for loss in write(make_rubric()).losses)
    for word in ("shown from “High” up", "evidence", "method", "criteria of “Listens”"):
        assert word in messages
    for word in ("summary", "badge", "award", "version", "language", "precision"):
        assert word not in messages
    more = write(
        make_rubric(summary="All.", badge={"name": "T"}, award="any", version="2.0.0", language="de")
    ).losses
    messages = " / ".join(loss.message for loss in more)
    for word in ("summary", "badge", "award", "version", "language"):
        assert word in messages


def test_a_name_too_long_for_canvas_is_said() -> None:
    losses = write(make_rubric("long " * 60 + "title")).losses
    assert "no name of more than 255 characters" in losses[-1].message


def test_formulas_have_no_apostrophe_that_canvas_would_keep() -> None:
    assert read_cells(make_rubric("=1+1"))[1][0] == "=1+1"
