"""Which marks are compared, and what is read from them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.agreement import Estimate, RaterAgreement, Unmeasured
from microcred_cli.model.award import Held
from microcred_cli.model.decision import Decision
from microcred_cli.model.method import Method
from microcred_cli.model.problem import Problem
from microcred_cli.model.rubric import Attempts, EvidenceItem, Lateness, MethodChoice, Needs, Rubric
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows.measure_agreement import compare_raters
from tests.assessment.cohorts import locate, long, make_rubric
from tests.shared import find_shared

DAY = datetime(2026, 11, 23, tzinfo=UTC)
A = make_rubric(MethodChoice(), [EvidenceItem("A")])


def compare_files(
    rubrics: Sequence[Rubric], *files: bytes
) -> tuple[RaterAgreement | None, tuple[Problem, ...]]:
    books = [read_gradebook(f"{n}.csv", data, GradebookSettings()) for n, data in enumerate(files)]
    return compare_raters(rubrics, books, locate, DAY)


def compare(*rows: str, rubric: Rubric = A) -> RaterAgreement:
    agreement, problems = compare_files([rubric], long(*rows))
    assert problems == ()
    assert agreement is not None
    return agreement


def list_marks(agreement: RaterAgreement) -> list[list[tuple[str, int]]]:
    return [[(mark.rater, mark.rank) for mark in piece.marks] for piece in agreement.pieces]


@pytest.mark.parametrize(
    ("rows", "marks"),
    [
        (["s,A,2,2026-03-04,,,,Ana", "s,A,3,2026-03-01,,,,Ben"], [("Ben", 3), ("Ana", 2)]),
        (["s,A,2,2026-03-04,,,,Ana", "s,A,3,,,,,Ben"], [("Ben", 3), ("Ana", 2)]),
        (["s,A,2,1969-12-31,,,,Ana", "s,A,3,,,,,Ben"], [("Ben", 3), ("Ana", 2)]),
        (["s,A,2,,,,,Ben", "s,A,3,,,,,ana"], [("ana", 3), ("Ben", 2)]),
        (["s,A,2,,,,,Ana", "s,A,3,,,,,Ben", "s,A,4,,,,,Cleo"], [("Ana", 2), ("Ben", 3), ("Cleo", 4)]),
    ],
    ids=["by date", "undated is oldest", "of any age", "by name", "three raters"],
)
def test_first_is_by_date_and_then_by_name(rows: list[str], marks: list[tuple[str, int]]) -> None:
    for order in (rows, rows[::-1]):
        assert list_marks(compare(*order)) == [marks]


@pytest.mark.parametrize(
    "rows",
    [
        ["s,A,2,,,,,Ana", "t,A,3,,,,,Ben"],
        ["s,A,2,,1,,,Ana", "s,A,3,,2,,,Ben"],
        ["s,A,2,,,,instructor,Ana", "s,A,3,,,,employer,Ben"],
        ["s,A,2,,,,,Ana", "s,A,3,,,,,"],
        ["s,A,2,,,,,Ana", "s,A,excused,,,,,Ben"],
        ["s,A,2,2026-03-01,,,,Ana", "s,A,3,2026-03-04,,,,ANA"],
        ["s,A,2,,,,,Ana", "s,A,3,,,,,agreed"],
        ["s,A,2,,,,,Ana", "s,B,3,,,,,Ben"],
    ],
    ids=["learner", "attempt", "source", "nameless", "no score", "same rater", "agreed", "item"],
)
def test_what_is_not_doubly_marked(rows: list[str]) -> None:
    assert compare_files([A], long(*rows)) == (None, ())


def test_items_and_criteria_are_the_same_in_any_case() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A", criterion="Clear writing")])
    rows = ["s,A,2,,,Clear writing,,Ana", "s,a,3,,,clear  WRITING,,Ben", "s,A,5,,,Depth,,Ben"]
    assert list_marks(compare(*rows, rubric=rubric)) == [[("Ana", 2), ("Ben", 3)]]


def test_marks_by_different_criteria_are_of_different_pieces() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A", "X"), EvidenceItem("A", "Y")])
    assert compare_files([rubric], long("s,A,2,,,X,,Ana", "s,A,3,,,Y,,Ben")) == (None, ())


def test_a_cell_without_a_score_is_no_mark() -> None:
    agreement = compare("s,A,2,,,,,Ana", "s,A,excused,,,,,Ben", "s,A,4,,,,,Cleo")
    assert list_marks(agreement) == [[("Ana", 2), ("Cleo", 4)]]
    assert [flip.second for flip in agreement.flips] == [Decision.SHOWN]


def test_where_rubrics_differ_in_the_source_of_an_item_a_mark_says_its_own() -> None:
    first, second = (
        make_rubric(MethodChoice(), [EvidenceItem("A", source=source)])._replace(id=source)
        for source in ("employer", "instructor")
    )
    rows = long("s,A,2,,,,,Ana", "s,A,3,,,,employer,Ben")
    assert compare_files([first, second], rows) == (None, ())


def test_a_mark_without_a_source_has_that_of_its_item() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A", source="employer")])
    rows = ["s,A,2,,,,,Ana", "s,A,3,,,,employer,Ben", "s,A,5,,,,learner,Cy", "s,A,5,,,,learner,Di"]
    assert list_marks(compare(*rows, rubric=rubric)) == [[("Ana", 2), ("Ben", 3)]]


def test_the_newest_mark_of_a_rater_stands() -> None:
    rows = ["s,A,1,2026-03-01,,,,Ana", "s,A,3,2026-03-02,,,,Ben", "s,A,4,2026-03-05,,,,Ana"]
    for order in (rows, rows[::-1]):
        agreement = compare(*order)
        assert list_marks(agreement) == [[("Ben", 3), ("Ana", 4)]]
        assert agreement.flips == ()


def test_the_agreed_mark_stays_apart() -> None:
    rows = ["s,A,1,,,,,Ana", "s,A,4,,,,,Ben", "s,A,3,,,,,Agreed", "t,A,1,,,,,Ana", "t,A,3,,,,,Ben"]
    agreement = compare(*rows)
    settled, unsettled = agreement.pieces
    assert settled.agreed is not None
    assert (settled.agreed.rank, settled.agreed.place.row, settled.distance) == (3, 4, 3)
    assert unsettled.agreed is None
    assert agreement.raters == ("Ana", "Ben")
    assert agreement.open_disagreements == (unsettled,)
    # Neither does it take part in what would be decided by either mark.
    assert [(flip.learner, flip.first, flip.second) for flip in agreement.flips] == [
        ("s", Decision.NOT_YET, Decision.SHOWN),
        ("t", Decision.NOT_YET, Decision.SHOWN),
    ]


def test_marks_are_compared_by_level_as_results_are_read() -> None:
    rows = ["s,A,2.999,,,,,Ana", "s,A,3,,,,,Ben", "t,A,0.5,,,,,Ana", "t,A,5,,,,,Ben"]
    agreement = compare(*rows)
    assert list_marks(agreement) == [[("Ana", 3), ("Ben", 3)], [("Ana", 0), ("Ben", 5)]]
    assert agreement.pieces[0].marks[0].points == Decimal("2.999")


def test_cuts_say_the_level_of_a_mark() -> None:
    cuts = {"l2": Decimal(50), "l4": Decimal(90)}
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A", cuts=cuts)])
    data = b"learner,item,score,possible,rater\ns,A,89,100,Ana\ns,A,90,100,Ben\n"
    agreement, _ = compare_files([rubric], data)
    assert agreement is not None
    assert list_marks(agreement) == [[("Ana", 2), ("Ben", 4)]]


@pytest.mark.parametrize("method", [Method.LATEST, Method.AVERAGE])
def test_two_marks_are_no_tie(method: Method) -> None:
    """That undated marks of one attempt differ is what is measured here, not something in the way."""
    rubric = make_rubric(MethodChoice(method), [EvidenceItem("A")])
    agreement = compare("s,A,2,,,,,Ana", "s,A,4,,,,,Ben", rubric=rubric)
    assert (agreement.decisions, len(agreement.flips)) == (1, 1)


def test_flips_are_told_from_decisions_that_rest_on_doubly_marked_pieces() -> None:
    rubric = make_rubric(MethodChoice(Method.AVERAGE), [EvidenceItem("A"), EvidenceItem("B")])
    rows = [
        # 2 and 3 with a B of 4 are 3 and 3.5: no flip.
        "s,A,2,,,,,Ana", "s,A,3,,,,,Ben", "s,B,4,,,,,Ana",
        # 1 and 3 with a B of 3 are 2 and 3.
        "t,A,1,,,,,Ana", "t,A,3,,,,,Ben", "t,B,3,,,,,Ana",
        "u,A,1,,,,,Ana", "u,B,4,,,,,Ben",
    ]  # fmt: skip
    agreement = compare(*rows, rubric=rubric)
    assert agreement.decisions == 2
    assert [(flip.learner, flip.subcompetency) for flip in agreement.flips] == [("t", "part")]


def test_decisions_that_one_mark_is_too_little_for_are_counted() -> None:
    rubric = make_rubric(MethodChoice(at_least=Needs(2)), [EvidenceItem("A")])
    agreement = compare("s,A,2,,,,,Ana", "s,A,4,,,,,Ben", rubric=rubric)
    assert (agreement.decisions, agreement.undecided, agreement.flips) == (1, 1, ())


def test_a_number_of_raters_is_not_asked_of_one_mark_at_a_time() -> None:
    rubric = make_rubric(MethodChoice(at_least=Needs(raters=2)), [EvidenceItem("A")])
    agreement = compare("s,A,2,,,,,Ana", "s,A,4,,,,,Ben", rubric=rubric)
    assert (agreement.decisions, agreement.undecided, len(agreement.flips)) == (1, 0, 1)
    same = compare("s,A,4,,,,,Ana", "s,A,4,,,,,Ben", rubric=rubric)
    assert same.flips == ()


def test_marks_in_two_files_are_double_marks_too() -> None:
    agreement, problems = compare_files([A], long("s,A,2,,,,,Ana"), long("s,a,4,,,,,Ben"))
    assert problems == ()
    assert agreement is not None
    (piece,) = agreement.pieces
    assert [mark.place.file for mark in piece.marks] == ["0.csv", "1.csv"]


def test_learners_who_are_called_like_anything_are_not_mixed_up() -> None:
    rows = [f"mark {n},A,{n},,,,,{rater}" for n in (1, 2, 3) for rater in ("Ana", "Ben")]
    assert list_marks(compare(*rows)) == [[("Ana", n), ("Ben", n)] for n in (1, 2, 3)]
    latest = make_rubric(MethodChoice(attempts=Attempts.LATEST), [EvidenceItem("A")])
    rows = ["s,A,2,,1,,,Ana", "s,A,3,,1,,,Ben", "mark 1,A,4,,2,,,Ana", "mark 2,A,4,,2,,,Ana"]
    assert list_marks(compare(*rows, rubric=latest)) == [[("Ana", 2), ("Ben", 3)]]


def test_problems_come_in_the_order_of_the_rows_and_once() -> None:
    rows = ["s,A,9,,,,,Ana", "t,A,1,,,,,Ana", "s,A,9,,,,,Ben", "u,A,9,,,,,Ana"]
    agreement, problems = compare_files([A], long(*rows))
    assert agreement is None
    assert [problem.place.row for problem in problems] == [2, 4, 5]


def mark_pieces(*pairs: tuple[int, int], item: str = "A") -> list[str]:
    return [
        f"{number:02},{item},{level},,,,,{rater}"
        for number, pair in enumerate(pairs)
        for rater, level in zip(("Ana", "Ben"), pair, strict=True)
    ]


def test_no_coefficient_with_fewer_than_ten_pieces() -> None:
    pairs = [(1, 1), (2, 2), (3, 4), (4, 4), (5, 5)] * 2
    few, enough = compare(*mark_pieces(*pairs[:9])), compare(*mark_pieces(*pairs))
    assert isinstance(few.over_all.percent, Estimate)
    assert few.over_all.percent.value == pytest.approx(7 / 9)
    for figure in ("kappa", "fleiss", "ac2", "alpha"):
        assert getattr(few.over_all, figure) is Unmeasured.TOO_FEW
        assert isinstance(getattr(enough.over_all, figure), Estimate)


def test_the_figures_of_published_data_come_out_of_a_gradebook() -> None:
    document = json.loads(find_shared("vectors", "agreement.json").read_text(encoding="utf-8"))
    rows = [
        f"{piece:02},A,{level},,,,,{rater}"
        for rater, levels in enumerate(document["data"]["B_4raters_12units"])
        for piece, level in enumerate(levels)
        if level is not None
    ]
    figures = compare(*rows).over_all
    # Eleven of the twelve: one piece has one mark.
    assert figures.pieces == 11
    assert isinstance(figures.percent, Estimate)
    assert isinstance(figures.alpha, Estimate)
    assert (f"{figures.percent.value:.6f}", f"{figures.alpha.value:.3f}") == ("0.818182", "0.815")


def test_one_level_only_leaves_kappa_and_alpha_unsaid() -> None:
    agreement = compare(*mark_pieces(*[(3, 3)] * 12)).over_all
    assert (agreement.kappa, agreement.alpha) == (Unmeasured.ONE_LEVEL, Unmeasured.ONE_LEVEL)
    assert isinstance(agreement.ac2, Estimate)


def test_kappa_is_of_two_raters_or_else_of_first_and_second_marks() -> None:
    # Ben always marks a level higher; who is first changes from piece to piece.
    dates = ("2026-03-01", "2026-03-02")
    rows = [
        f"{number:02},A,{level},{date},,,,{rater}"
        for number in range(12)
        for date, (rater, level) in zip(
            dates[:: 1 if number % 2 else -1],
            (("Ana", 1 + number % 4), ("Ben", 2 + number % 4)),
            strict=True,
        )
    ]
    of_two = compare(*rows)
    assert of_two.columns == ("Ana", "Ben")
    of_three = compare(*rows, "00,A,1,2026-04-01,,,,Cleo")
    assert of_three.columns is None
    two, three = of_two.over_all.kappa, of_three.over_all.kappa
    assert isinstance(two, Estimate)
    assert isinstance(three, Estimate)
    # 12 pairs (n, n + 1), n = 1 … 4: the mean squares are 1 observed and 3.5 by chance.
    assert two.value == pytest.approx(1 - 1 / 3.5)
    # 6 pairs each way: by chance 3.5 half of the time, 2.5 and 4.5 … half of it, a mean of 3 + 0.5.
    assert three.value == pytest.approx(1 - 1 / 3)


def test_a_piece_of_two_sub_competencies_counts_once_in_the_rubric() -> None:
    part = A.subcompetencies[0]
    rubric = A._replace(subcompetencies=(part, part._replace(id="other")))
    agreement = compare(*mark_pieces((1, 2), (3, 3)), rubric=rubric)
    (of_rubric,) = agreement.rubrics
    assert of_rubric.agreement.pieces == agreement.over_all.pieces == 2
    assert [(part.id, figures.pieces) for part, figures in of_rubric.parts] == [("part", 2), ("other", 2)]
    assert agreement.decisions == 4


def test_rubrics_with_scales_of_different_length_have_no_coefficient_over_all() -> None:
    longer = make_rubric(MethodChoice(), [EvidenceItem("B")], top=7)
    pairs = [(1, 1), (2, 2), (3, 4), (4, 4), (5, 5)] * 2
    data = long(*mark_pieces(*pairs), *mark_pieces(*pairs, item="B"))
    agreement, problems = compare_files([A, longer._replace(id="longer")], data)
    assert problems == ()
    assert agreement is not None
    assert agreement.over_all.pieces == 20
    assert isinstance(agreement.over_all.percent, Estimate)
    assert agreement.over_all.alpha is Unmeasured.DIFFERENT_SCALES
    assert all(isinstance(each.agreement.alpha, Estimate) for each in agreement.rubrics)


def test_marks_that_are_no_evidence_are_not_compared() -> None:
    rows = ["s,A,2,2020-01-01,,,learner,Ana", "s,A,4,2020-01-02,,,learner,Ben"]
    of_employers = make_rubric(MethodChoice(), [EvidenceItem("A", source="employer")])
    recent = make_rubric(MethodChoice(within="2 years"), [EvidenceItem("A")])
    for rubric in (of_employers, recent):
        assert compare_files([rubric], long(*rows)) == (None, ())
    rows[1] = rows[1].replace("2020", "2026")
    assert compare_files([recent], long(*rows)) == (None, ())


def test_no_award_stands_in_the_way() -> None:
    """Who holds the badge that an award asks for changes nothing of how raters agree."""
    agreement = compare("s,A,2,,,,,Ana", "s,A,3,,,,,Ben", rubric=A._replace(award=Held("another")))
    assert len(agreement.pieces) == 1


def test_every_attempt_is_compared_whichever_counts() -> None:
    rubric = make_rubric(MethodChoice(attempts=Attempts.BEST), [EvidenceItem("A")])
    rows = ["s,A,2,,1,,,Ana", "s,A,5,,1,,,Ben", "s,A,3,,2,,,Ana", "s,A,3,,2,,,Ben"]
    agreement = compare(*rows, rubric=rubric)
    assert [(piece.attempt, piece.distance) for piece in agreement.pieces] == [(1, 3), (2, 0)]


def test_marks_in_words_are_compared() -> None:
    agreement = compare("s,A,Level 2,,,,,Ana", "s,A,l4,,,,,Ben")
    assert list_marks(agreement) == [[("Ana", 2), ("Ben", 4)]]


def test_that_work_was_late_does_not_hide_how_it_was_marked() -> None:
    rubric = make_rubric(MethodChoice(late=Lateness(at_most="l2")), [EvidenceItem("A")])
    data = b"learner,item,score,late,rater\ns,A,5,yes,Ana\ns,A,3,yes,Ben\n"
    agreement, _ = compare_files([rubric], data)
    assert agreement is not None
    assert list_marks(agreement) == [[("Ana", 5), ("Ben", 3)]]
    assert agreement.flips == ()
