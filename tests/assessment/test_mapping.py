"""What is proposed for evidence that gradebooks lack, and, as much, what is not."""

from collections.abc import Sequence

import pytest

from microcred_cli.assessment.mapping import MappedEvidence, MappingState, propose_mapping
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.gradebook import Gradebook, Item
from microcred_cli.model.rubric import Criterion, EvidenceItem, Rubric, SubCompetency
from microcred_cli.model.settings import GradebookSettings
from tests.linting.samples import RUBRIC, lint_text

SOUND = lint_text(RUBRIC).rubric
assert SOUND is not None
BASE = SOUND

Evidence = str | EvidenceItem


def make_part(number: int, evidence: Sequence[Evidence], title: str, criterion: str = "C") -> SubCompetency:
    items = (each if isinstance(each, EvidenceItem) else EvidenceItem(each) for each in evidence)
    return SubCompetency(f"p{number}", title, (Criterion("c", criterion),), tuple(items))


def make_rubric(*parts: Sequence[Evidence], titles: Sequence[str] = ()) -> Rubric:
    named = [*titles, *[f"Part {number}" for number in range(len(titles), len(parts))]]
    return Rubric(
        BASE.id,
        BASE.version,
        BASE.title,
        BASE.levels,
        BASE.shown_at,
        tuple(make_part(at, part, named[at]) for at, part in enumerate(parts)),
        BASE.award,
    )


def make_book(*names: str) -> Gradebook:
    return Gradebook("g.csv", "", "", items=tuple(Item(name, name) for name in names))


def make_canvas(*names: str) -> Gradebook:
    items = (Item(name, f"{name} ({number})") for number, name in enumerate(names, 100))
    return Gradebook("c.csv", "", "", items=tuple(items))


def show(mapping: Sequence[MappedEvidence]) -> list[tuple[object, ...]]:
    return [
        (each.subcompetency, each.evidence, each.state.value, each.item or each.candidates)
        for each in mapping
    ]


def propose(rubric: Rubric, *books: Gradebook) -> list[tuple[object, ...]]:
    return show(propose_mapping([rubric], books))


def test_same_proposed_and_none() -> None:
    rubric = make_rubric(["Team charter", "Sprint review"], ["Item 1"])
    assert propose(rubric, make_book("Team Charter v2", "sprint  REVIEW", "Essay")) == [
        (0, "Team charter", "proposed", "Team Charter v2"),
        (0, "Sprint review", "same", "sprint  REVIEW"),
        (1, "Item 1", "none", ()),
    ]


def test_two_that_are_as_like_are_a_tie() -> None:
    rubric = make_rubric(["Essay"])
    assert propose(rubric, make_book("Essay 1", "Essay 12")) == [(0, "Essay", "tie", ("Essay 1", "Essay 12"))]
    # The same words are better than some more.
    assert propose(rubric, make_book("Essay 1", "Essay.")) == [(0, "Essay", "proposed", "Essay.")]


def test_one_item_is_not_proposed_for_two_names() -> None:
    rubric = make_rubric(["Peer review 1"], ["Peer review 2"])
    assert propose(rubric, make_book("Peer review")) == [
        (0, "Peer review 1", "tie", ("Peer review",)),
        (1, "Peer review 2", "tie", ("Peer review",)),
    ]
    # Of two the better keeps it.
    rubric = make_rubric(["Peer review 1"], ["Review: peer"])
    assert [row[2] for row in propose(rubric, make_book("Peer review"))] == ["tie", "proposed"]
    # One name for it in two places is no contest.
    rubric = make_rubric(["Peer reviews"], ["peer Reviews"])
    assert [row[2] for row in propose(rubric, make_book("Peer review"))] == ["proposed", "proposed"]


def test_what_the_sub_competency_has_already_is_not_proposed_again() -> None:
    rubric = make_rubric(["Team charter", "Team chater"], ["Team chater"])
    assert [row[2] for row in propose(rubric, make_book("Team charter"))] == ["same", "none", "proposed"]
    by_criterion = [
        EvidenceItem("Team charter", criterion="Goals"),
        EvidenceItem("Team chater", criterion="Roles"),
        EvidenceItem("Team chartr", criterion="goals"),
        EvidenceItem("Team chartre", criterion="Goals", source="employer"),
    ]
    rows = propose(make_rubric(by_criterion), make_book("Team charter"))
    assert [row[2] for row in rows] == ["same", "proposed", "none", "none"]
    by_source = [EvidenceItem("Essay 1", source="learner"), EvidenceItem("1. essay", source="employer")]
    assert [row[2] for row in propose(make_rubric(by_source), make_book("Essay 1"))] == ["same", "proposed"]


def test_what_evidence_elsewhere_names_is_proposed_only_for_another_spelling() -> None:
    rubric = make_rubric(["Peer review"], ["Peer review 2"], ["Review, peer"])
    assert [row[2] for row in propose(rubric, make_book("Peer review"))] == ["same", "none", "proposed"]


def test_several_items_of_one_name_are_told_apart_by_heading() -> None:
    book = make_canvas("Essay", "Essay", "Team charter 2")
    rubric = make_rubric(["Essay", "Essay (101)", "essay!", "Team charter"])
    assert propose(rubric, book) == [
        (0, "Essay", "tie", ("Essay (100)", "Essay (101)")),
        (0, "Essay (101)", "same", "Essay"),
        (0, "essay!", "none", ()),
        (0, "Team charter", "proposed", "Team charter 2"),
    ]
    assert propose(make_rubric(["essay!"]), book) == [(0, "essay!", "tie", ("Essay (100)", "Essay (101)"))]


def test_a_name_that_is_another_items_heading_is_not_written() -> None:
    book = Gradebook("c.csv", "", "", items=(Item("Essay", "Essay (7)"), Item("Essay (7)", "Essay (7) (8)")))
    assert propose(make_rubric(["7 essay"]), book) == [(0, "7 essay", "proposed", "Essay (7) (8)")]


def test_gradebooks_are_looked_at_together() -> None:
    rubric = make_rubric(["Essay", "Talk", "Team charter"])
    books = make_book("Essay", "Team charter v2"), make_canvas("talk", "Team Charter V2")
    assert propose(rubric, *books) == [
        (0, "Essay", "same", "Essay"),
        (0, "Talk", "same", "talk"),
        (0, "Team charter", "proposed", "Team charter v2"),
    ]
    assert [row[2] for row in propose(rubric)] == ["none", "none", "none"]


def test_additions_for_items_like_a_title() -> None:
    rubric = make_rubric(["Essay"], ["Talk"], titles=["Gives feedback", "Works toward shared goals"])
    assert propose(rubric, make_book("Essay", "Feedback", "Shared goals 2", "Group")) == [
        (0, "Essay", "same", "Essay"),
        (0, None, "addition", "Feedback"),
        (1, "Talk", "none", ()),
        (1, None, "addition", "Shared goals 2"),
    ]


def test_an_item_like_two_titles_is_a_tie() -> None:
    rubric = make_rubric(["Essay"], ["Talk"], titles=["Gives feedback", "Takes feedback"])
    rows = propose(rubric, make_book("Essay", "Talk", "Feedback"))
    assert [row for row in rows if row[1] is None] == [
        (0, None, "tie", ("Feedback",)),
        (1, None, "tie", ("Feedback",)),
    ]


@pytest.mark.parametrize("evidence", ["Feedback", "feedback 1", "Feedbak"])
def test_an_item_that_evidence_is_or_may_be_is_no_addition(evidence: str) -> None:
    rubric = make_rubric([evidence], ["Talk"], titles=["Feedback"])
    assert None not in [row[1] for row in propose(rubric, make_book("Feedback", "Talk"))]


def test_criteria_count_as_titles_and_rubrics_are_kept_apart() -> None:
    first = make_rubric(["Essay"])
    part = make_part(0, ["Talk"], "Part", "Handles disagreement")
    second = Rubric("s", BASE.version, BASE.title, BASE.levels, BASE.shown_at, (part,), BASE.award)
    mapping = propose_mapping([first, second], [make_book("Essay", "Disagreement")])
    assert [(each.rubric, each.state) for each in mapping] == [
        (0, MappingState.SAME),
        (1, MappingState.NONE),
        (1, MappingState.ADDITION),
    ]
    # What the one rubric names is nothing to add to the other.
    mapping = propose_mapping([make_rubric(["disagreement"]), second], [make_book("Disagreement")])
    assert [each.state for each in mapping] == [MappingState.SAME, MappingState.NONE]


def test_a_table_with_any_number_of_items() -> None:
    book = make_book(*(f"Item {number} thing" for number in range(3_000)), "Essay 2")
    assert [row[2] for row in propose(make_rubric(["Item 2999 thing", "Essay"]), book)] == ["same", "none"]


MOODLE = (
    b"First name,Last name,ID number,Assignment: Listens (Real),Assignment: Listens (Percentage),"
    b"Oral exam (Real),Last downloaded from this course\nAda,Byron,007,2.00,75.00 %,3.00,1763900000\n"
)


@pytest.mark.parametrize(
    "name",
    [
        "Listens",
        "assignment: listens",
        "Assignment: Listens (Real)",
        "Assignment: Listens (Percentage)",
    ],
)
def test_every_name_that_assessing_accepts_is_the_same_and_nothing_is_added(name: str) -> None:
    book = read_gradebook("m.csv", MOODLE, GradebookSettings())
    rubric = make_rubric([name], titles=["Listens"])
    assert propose(rubric, book) == [(0, name, "same", "Listens")]


@pytest.mark.parametrize("name", ["Oral exam", "Oral exam (Real)"])
def test_what_is_read_only_if_a_rubric_names_it_is_the_same(name: str) -> None:
    book = read_gradebook("m.csv", MOODLE, GradebookSettings())
    assert propose(make_rubric([name]), book) == [(0, name, "same", "Oral exam")]


def test_another_column_of_a_grade_that_evidence_names_is_no_addition() -> None:
    columns = (
        Item("Listens", "Listens (Percentage)", activity="Listens"),
        Item("Listens (Real)", "Listens (Real)", activity="Listens"),
    )
    book = Gradebook("m.csv", "", "", items=columns)
    for name in ("Listens", "Listens (Real)"):
        assert propose(make_rubric([name], titles=["Listens"]), book) == [(0, name, "same", name)]


def test_evidence_that_has_to_name_a_criterion() -> None:
    data = b"learner,item,score,criterion\ns,Essay,3,Clarity\ns,Talk,3,Clarity\ns,Talk,3,\n"
    book = read_gradebook("g.csv", data, GradebookSettings())
    rubric = make_rubric(["Essay", "Talk"], [EvidenceItem("Essay", criterion="Clarity")])
    assert [row[2] for row in propose(rubric, book)] == ["by criterion", "same", "same"]


def test_among_more_items_than_people_name_only_the_same_is_found() -> None:
    evidence = [f"Item {number}" for number in range(0, 40_000, 100)]
    book = make_book(*(f"Item {number}" for number in range(20_000)), "Team charter v2")
    rubric = make_rubric([*evidence, "Team charter"], titles=["Item"])
    states = [row[2] for row in propose(rubric, book)]
    assert states == ["same"] * 200 + ["none"] * 201


def test_among_as_many_items_as_people_name_they_are_compared() -> None:
    names = [f"Item {number}" for number in range(999)]
    rubric = make_rubric(["Team charter"], titles=["Work"])
    assert propose(rubric, make_book(*names, "Team charter v2")) == [
        (0, "Team charter", "proposed", "Team charter v2")
    ]
    # The same name in a second gradebook is no further one.
    assert propose(rubric, make_book(*names, "Team charter v2"), make_book(*names))[0][2] == "proposed"
    assert propose(rubric, make_book(*names, "Team charter v2", "Essay"))[0][2] == "none"
