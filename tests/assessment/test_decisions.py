"""Decisions against a second evaluator, and what never changes them."""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcred_cli.assessment.features import Features
from microcred_cli.assessment.query.compose import compose_queries
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.award import AtLeast, Shown
from microcred_cli.model.decision import Decision
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import (
    Criterion,
    EvidenceItem,
    Level,
    MethodChoice,
    Needs,
    Rubric,
    SubCompetency,
)
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows.decide_cohort import decide_cohort
from tests.assessment.cohorts import decide, decide_scores, locate, long, make_rubric

ITEMS = tuple(f"item {number}" for number in range(5))
LEVELS = tuple(
    Level(name, name.title(), Decimal(points)) for name, points in (("a", 1), ("b", 2), ("c", 3), ("d", 4))
)


def make_every_method(latest: int, n: int, at_least: int, precision: int) -> Rubric:
    """Return a rubric that decides the same items by every method, one sub-competency each."""
    parts = tuple(
        SubCompetency(
            method,
            method,
            (Criterion("c", "C"),),
            tuple(EvidenceItem(item) for item in ITEMS),
            MethodChoice(method, Decimal(latest), n, Needs(at_least)),
        )
        for method in Method
    )
    award = AtLeast(len(parts), tuple(Shown(part.id) for part in parts))
    return Rubric("every", "1.0.0", "Every", LEVELS, "c", parts, award, precision=precision)


def write_wide(learners: Sequence[Sequence[str]], possible: str) -> bytes:
    lines = [",".join(["learner", *ITEMS]), ",".join(["points possible", *[possible] * len(ITEMS)])]
    lines += [",".join([f"s{number:02}", *cells]) for number, cells in enumerate(learners)]
    return "\n".join(lines).encode()


CELLS = st.one_of(
    st.just(""),
    st.just("EX"),
    st.decimals(0, 12, places=2).map(str),
    st.integers(0, 8).map(lambda half: str(Decimal(half) / 2)),
)


@settings(max_examples=30)
@given(
    learners=st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=2, max_size=8),
    seed=st.integers(0, 10_000),
)
def test_the_order_of_rows_and_columns_never_matters(learners: list[list[str]], seed: int) -> None:
    rubric = make_every_method(65, 2, 2, 2)
    data = write_wide(learners, "4").decode()
    shuffle = random.Random(seed)  # noqa: S311 - a permutation, not a secret
    table = [line.split(",") for line in data.splitlines()]
    heading, *rows = table
    order = list(range(len(heading)))
    shuffle.shuffle(order)
    shuffle.shuffle(rows)
    permuted = "\n".join(",".join(row[column] for column in order) for row in [heading, *rows])
    straight, shuffled = decide(rubric, data.encode()), decide(rubric, permuted.encode())
    assert straight.decisions == shuffled.decisions
    assert straight.awards == shuffled.awards
    unplaced = [
        [replace(piece, row=0, column=0) for piece in outcome.pieces] for outcome in (straight, shuffled)
    ]
    assert unplaced[0] == unplaced[1]


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(ITEMS),
            st.decimals(0, 4, places=1).map(str),
            st.sampled_from(["", "2026-01-01", "2026-01-02T10:00Z", "2026-01-02T12:00+02:00"]),
            st.integers(1, 3).map(str),
        ),
        min_size=1,
        max_size=10,
        unique_by=lambda row: (row[0], row[2], row[3]),
    ),
    st.integers(0, 10_000),
)
def test_rows_of_a_long_table_in_any_order(rows: list[tuple[str, ...]], seed: int) -> None:
    rubric = make_every_method(65, 2, 1, 2)
    heading = "learner,item,score,date,attempt"
    lines = [",".join(["s", *row]) for row in rows]
    shuffled = lines.copy()
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    one, other = (decide(rubric, "\n".join([heading, *each]).encode()) for each in (lines, shuffled))
    assert one.decisions == other.decisions
    assert bool(one.problems) == bool(other.problems)


@pytest.mark.parametrize("method", [Method.LATEST, Method.WEIGHTED_AVERAGE, Method.DECAYING_AVERAGE])
def test_scores_without_an_order_are_a_problem_where_order_matters(method: Method) -> None:
    rubric = make_rubric(MethodChoice(method, Decimal(65)), [EvidenceItem("A")])
    tied = long("s,A,3,,,,,Kim", "s,A,4,,,,,Lee")
    (problem,) = decide(rubric, tied).problems
    assert problem.message == (
        f"nothing says whether this score or that of row 2 is newer, and part is decided by {method}"
    )
    assert (problem.place.row, problem.place.column) == (3, 3)
    same = long("s,A,3,,,,,Kim", "s,A,3,,,,,Lee")
    assert decide(rubric, same).problems == ()


def test_scores_without_an_order_do_no_harm_where_order_does_not_matter() -> None:
    rubric = make_rubric(MethodChoice(Method.AVERAGE), [EvidenceItem("A")])
    outcome = decide(rubric, long("s,A,3,,,,,Kim", "s,A,4,,,,,Lee"))
    assert outcome.decisions[0].score == Decimal("3.50")


def test_undated_is_oldest_then_the_list_then_the_attempt() -> None:
    rubric = make_rubric(MethodChoice(Method.LATEST), [EvidenceItem("B"), EvidenceItem("A")])
    rows = ["s,A,1,,1,,,", "s,A,2,,2,,,", "s,B,3,,9,,,"]
    assert decide(rubric, long(*rows)).decisions[0].score == Decimal("2.00")
    assert decide(rubric, long(*rows, "s,B,5,2001-01-01,,,,")).decisions[0].score == Decimal("5.00")
    pieces = decide(rubric, long(*rows, "s,B,5,2001-01-01,,,,")).pieces
    assert [(piece.nth, piece.item, piece.points) for piece in pieces] == [
        (1, "B", Decimal(3)),
        (2, "A", Decimal(1)),
        (3, "A", Decimal(2)),
        (4, "B", Decimal(5)),
    ]


def test_cuts_give_the_level_of_the_share() -> None:
    cuts = {"l2": Decimal(50), "l3": Decimal("66.6667"), "l5": Decimal(90)}
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A", cuts=cuts)])
    heading = "learner,item,score,possible\n"
    for score, points in (
        ("0", 1),
        ("1.499999", 1),
        ("1.5", 2),
        ("2", 2),
        ("2.000001", 3),
        ("2.7", 5),
        ("9", 5),
    ):
        row = decide(rubric, f"{heading}s,A,{score},3\n".encode()).decisions[0]
        assert row.score == points, score


def test_cuts_and_shares_side_by_side() -> None:
    items = [EvidenceItem("A", cuts={"l4": Decimal(50)}), EvidenceItem("B"), EvidenceItem("C")]
    rubric = make_rubric(MethodChoice(Method.AVERAGE), items)
    data = b"learner,item,score,possible\ns,A,5,10\ns,B,5,10\ns,C,3,\n"
    outcome = decide(rubric, data)
    assert [(piece.conversion, piece.points) for piece in outcome.pieces] == [
        ("cuts", 4),
        ("share", Decimal("2.5")),
        ("points", 3),
    ]
    assert outcome.decisions[0].score == Decimal("3.17")


@pytest.mark.parametrize(
    ("value", "points"),
    [  # 13.5 levels' points: the exact share lies half-way between two billionths, and goes away from zero
        ("2.099999999", "9.449999996"),
        ("-2.099999999", "-9.449999996"),
        ("2.099999998", "9.449999991"),
        ("0.000000001", "0.000000005"),
        ("1", "4.5"),
    ],
)
def test_a_share_is_exact_to_the_ninth_decimal(value: str, points: str) -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A")])
    rubric = rubric._replace(levels=(*rubric.levels, Level("top", "Top", Decimal("13.5"))))
    outcome = decide(rubric, f"learner,item,score,possible\ns,A,{value},3\n".encode())
    assert [piece.points for piece in outcome.pieces] == [Decimal(points)]


def test_weights_count_in_the_average() -> None:
    items = [EvidenceItem("A", weight=Decimal(3)), EvidenceItem("B")]
    rubric = make_rubric(MethodChoice(Method.AVERAGE), items)
    assert decide(rubric, long("s,A,4,,,,,", "s,B,2,,,,,")).decisions[0].score == Decimal("3.50")


def test_n_mastery_without_enough_is_insufficient_evidence() -> None:
    row = decide_scores(Method.N_MASTERY, [Decimal(1), Decimal(2), Decimal(3)], parameter=2)
    assert (row.decision, row.score) == (Decision.INSUFFICIENT_EVIDENCE, None)


def test_a_score_below_the_lowest_level_has_no_level() -> None:
    row = decide_scores(Method.HIGHEST, [Decimal("0.99")])
    assert (row.decision, row.level, row.score) == (Decision.NOT_YET, None, Decimal("0.99"))


def test_below_a_lowest_level_of_no_points_is_not_at_it() -> None:
    """Both are worth 0 points and still are two groups: two scores at A are the most."""
    zero = LEVELS[0]._replace(points=Decimal(0))
    rubric = make_rubric(MethodChoice(Method.MOST_COMMON), [EvidenceItem(item) for item in "XYZVW"])
    rubric = rubric._replace(levels=(zero, *LEVELS[1:]), shown_at="b")
    scores = ["2", "2", "2", "-1", "-1", "0", "0"]
    names = ["X", "Y", "Z", "V", "W", "X", "Y"]
    rows = [
        f"s,{name},{score},2026-01-0{day},,,,r{day}"
        for day, (name, score) in enumerate(zip(names, scores, strict=True), start=1)
    ]
    (decision,) = decide(rubric, long(*rows)).decisions
    assert (decision.decision, decision.level, decision.score) == (Decision.SHOWN, "b", Decimal("2.00"))
    below = [
        f"s,{name},{score},,,,," for name, score in zip("XYZVW", ("-1", "2", "-1", "0", "3"), strict=True)
    ]
    steps = {step.step: step.value for step in decide(rubric, long(*below)).steps}
    assert steps["scores at the level"] == steps["scores below the lowest level"] == Decimal(2)


def test_nothing_tells_which_of_below_and_at_the_lowest_level_is_newer() -> None:
    rubric = make_rubric(MethodChoice(Method.MOST_COMMON), [EvidenceItem("A")])
    rubric = rubric._replace(levels=(LEVELS[0]._replace(points=Decimal(0)), *LEVELS[1:]), shown_at="b")
    outcome = decide(rubric, long("s,A,-1,,,,,Kim", "s,A,0,,,,,Lee"))
    assert [problem.place.row for problem in outcome.problems] == [3]


def test_rubrics_of_different_precision_are_decided_together() -> None:
    coarse = make_rubric(MethodChoice(Method.AVERAGE), [EvidenceItem("A")])._replace(id="coarse", precision=0)
    fine = coarse._replace(id="fine", precision=3)
    book = read_gradebook("g.csv", b"learner,A\npoints possible,8\ns,3.96\n", GradebookSettings())
    outcome = decide_cohort([coarse, fine], [book], locate)
    assert [str(row.score) for row in outcome.decisions] == ["2", "2.475"]


def test_only_what_a_rubric_needs_is_in_the_text() -> None:
    def compose(**features: object) -> dict[str, str]:
        plain = Features(frozenset({Method.HIGHEST}), frozenset({2}))
        return {query.name: query.sql for query in compose_queries(replace(plain, **features))}  # type: ignore[arg-type]

    highest = compose()
    assert list(highest) == ["converted", "pieces", "reckoned", "decisions"]
    text = " ".join(highest.values())
    for absent in ("over (", "join cuts", "join words", "case max(g.method)", "count(distinct", "power"):
        assert absent not in text
    latest = compose(methods=frozenset({Method.LATEST}), cuts=True)
    assert list(latest) == ["converted", "pieces", "reckoned", "decisions"]
    assert latest["pieces"].count("over (") == 1
    assert "join cuts" in latest["converted"]
    median = compose(methods=frozenset({Method.MEDIAN}), rescores=True)
    assert list(median) == ["converted", "sifted", "aside", "pieces", "ties", "reckoned", "decisions"]
    assert median["pieces"].count("over (") == 2
    # A method's rows are told what it asks for, and the others' are not.
    mixed = compose(methods=frozenset({Method.LATEST, Method.DECAYING_AVERAGE, Method.HIGHEST}))
    assert mixed["pieces"].count("over (") == 3
    assert mixed["pieces"].count("union all") == 2
