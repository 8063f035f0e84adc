"""Decisions against a second evaluator, and what never changes them."""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcred_cli.assessment.explanation import describe_conversion
from microcred_cli.assessment.query import compose_queries
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.award import AtLeast, Award, Shown, decide_award, name_missing
from microcred_cli.model.decision import Decision
from microcred_cli.model.method import Method
from microcred_cli.model.results import DecisionRow
from microcred_cli.model.rubric import Criterion, EvidenceItem, Level, MethodChoice, Rubric, SubCompetency
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows.decide_cohort import Outcome, decide_cohort
from tests.assessment.cohorts import decide_scores, locate, make_rubric
from tests.assessment.plain_evaluator import evaluate, round_half_away

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
            MethodChoice(method, Decimal(latest), n, at_least),
        )
        for method in Method
    )
    award = AtLeast(len(parts), tuple(Shown(part.id) for part in parts))
    return Rubric("every", "1.0.0", "Every", LEVELS, "c", parts, award, precision=precision)


def write_wide(learners: Sequence[Sequence[str]], possible: str) -> bytes:
    lines = [",".join(["learner", *ITEMS]), ",".join(["points possible", *[possible] * len(ITEMS)])]
    lines += [",".join([f"s{number:02}", *cells]) for number, cells in enumerate(learners)]
    return "\n".join(lines).encode()


def decide(rubric: Rubric, *files: bytes) -> Outcome:
    books = [read_gradebook(f"{n}.csv", data, GradebookSettings()) for n, data in enumerate(files)]
    return decide_cohort([rubric], books, locate)


CELLS = st.one_of(
    st.just(""),
    st.just("EX"),
    st.decimals(0, 12, places=2).map(str),
    st.integers(0, 8).map(lambda half: str(Decimal(half) / 2)),
)


@settings(max_examples=40)
@given(
    learners=st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=20, max_size=30),
    possible=st.sampled_from(["4", "3", "7", "10", "100"]),
    latest=st.integers(50, 99),
    n=st.integers(1, 3),
    at_least=st.integers(1, 3),
    precision=st.integers(0, 4),
)
def test_the_query_equals_exact_fractions(
    learners: list[list[str]], possible: str, latest: int, n: int, at_least: int, precision: int
) -> None:
    rubric = make_every_method(latest, n, at_least, precision)
    outcome = decide(rubric, write_wide(learners, possible))
    assert outcome.problems == ()
    rows = iter(outcome.decisions)
    for cells in learners:
        scores = [Fraction(cell) * 4 / Fraction(possible) for cell in cells if cell not in {"", "EX"}]
        for method in Method:
            row = next(rows)
            exact = evaluate(method, scores, latest=Fraction(latest), n=n, shown=Fraction(3))
            assert row.method == method
            check_row(row, exact, len(scores), at_least, precision)


def check_row(row: DecisionRow, exact: Fraction | None, pieces: int, at_least: int, precision: int) -> None:
    assert row.pieces == pieces
    if pieces == 0:
        assert (row.decision, row.score, row.level) == (Decision.NOT_ASSESSED, None, None)
    elif pieces < at_least or exact is None:
        assert (row.decision, row.score, row.level) == (Decision.INSUFFICIENT_EVIDENCE, None, None)
    else:
        rounded = round_half_away(exact, precision)
        assert row.score is not None
        assert Fraction(row.score) == rounded
        assert -row.score.as_tuple().exponent == precision  # type: ignore[operator]
        reached = [level.id for level in LEVELS if Fraction(level.points) <= rounded]
        assert row.level == (reached[-1] if reached else None)
        assert row.decision is (Decision.SHOWN if rounded >= 3 else Decision.NOT_YET)


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


def long(*rows: str) -> bytes:
    return "\n".join(["learner,item,score,date,attempt,criterion,source,rater", *rows]).encode()


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


def test_weights_count_in_the_average() -> None:
    items = [EvidenceItem("A", weight=Decimal(3)), EvidenceItem("B")]
    rubric = make_rubric(MethodChoice(Method.AVERAGE), items)
    assert decide(rubric, long("s,A,4,,,,,", "s,B,2,,,,,")).decisions[0].score == Decimal("3.50")


def test_criteria_and_sources_choose_among_the_scores_of_an_item() -> None:
    items = [EvidenceItem("A", criterion="clear  WRITING", source="instructor")]
    rubric = make_rubric(MethodChoice(), items)
    rows = [
        "s,A,5,,,,,",
        "s,A,4,,,Clear writing,learner,",
        "s,A,3,,,Clear writing,instructor,",
        "s,A,2,,,Clear writing,,x",
    ]
    outcome = decide(rubric, long(*rows))
    assert [piece.value for piece in outcome.pieces] == [2, 3]
    assert outcome.decisions[0].score == Decimal("3.00")


@pytest.mark.parametrize(
    ("item", "rows", "message", "advice"),
    [
        (
            EvidenceItem("Essey"),
            ["s,Essay,3,,,,,"],
            "the gradebook has no item “Essey”",
            "did you mean `Essay`?",
        ),
        (
            EvidenceItem("A", criterion="C"),
            ["s,A,3,,,,,"],
            "the gradebook has no scores by criterion for “A”",
            "leave out",
        ),
        (
            EvidenceItem("A", criterion="Clearr"),
            ["s,A,3,,,Clear,,"],
            "“A” has no criterion “Clearr” in the gradebook",
            "did you mean `Clear`?",
        ),
        (
            EvidenceItem("A"),
            ["s,A,6,,,,,"],
            "the score is above the top level of r (5)",
            "without points possible",
        ),
        (
            EvidenceItem("A", cuts={"l3": Decimal(50)}),
            ["s,A,3,,,,,"],
            "the rubric r cuts by share, and there are no points possible",
            "give the points",
        ),
    ],
)
def test_what_stands_between_rubric_and_gradebook(
    item: EvidenceItem, rows: list[str], message: str, advice: str
) -> None:
    outcome = decide(make_rubric(MethodChoice(), [item]), long(*rows))
    assert [problem.message for problem in outcome.problems] == [message]
    assert advice in (outcome.problems[0].help or "")
    assert outcome.decisions == ()


def test_items_of_one_name_are_told_apart_by_their_heading() -> None:
    data = b"Student,ID,Section,Essay (1),Essay (2)\n    Points Possible,,,4,4\nA,1,S,2.00,4.00\n"
    (problem,) = decide(make_rubric(MethodChoice(), [EvidenceItem("Essay")]), data).problems
    assert problem.help == "name one of them: `Essay (1)` or `Essay (2)`"
    outcome = decide(make_rubric(MethodChoice(), [EvidenceItem("Essay (2)")]), data)
    assert outcome.decisions[0].score == Decimal("5.00")


def test_letters_and_points_possible_of_zero_are_problems_with_their_cell() -> None:
    data = b"Student,ID,Section,Essay (1),Talk (2)\n    Points Possible,,,4,0\nA,1,S,B,1.00\n"
    items = [EvidenceItem("Essay"), EvidenceItem("Talk")]
    problems = decide(make_rubric(MethodChoice(), items), data).problems
    assert [(each.place.row, each.place.column, each.message) for each in problems] == [
        (3, 4, "a letter has no points"),
        (3, 5, "the points possible are 0"),
    ]


def test_several_files_join_by_key_and_contradict_each_other_nowhere() -> None:
    rubric = make_rubric(MethodChoice(Method.AVERAGE), [EvidenceItem("A"), EvidenceItem("B")])
    outcome = decide(rubric, b"learner,name,A\ns,Ada,4\n", b"learner,B\ns,2\nt,3\n")
    assert [(row.learner, row.score) for row in outcome.decisions] == [
        ("s", Decimal(3)),
        ("t", Decimal(3)),
    ]
    assert outcome.learners[0].name == "Ada"
    (problem,) = decide(rubric, b"learner,A,B\ns,4,\n", b"learner,A,B\ns,3,3\n").problems
    assert problem.message == "0.csv has a score of the same learner and item"


def test_gaps_say_what_the_cell_says() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem(item) for item in ("A", "B", "C", "D")])
    outcome = decide(rubric, b"learner,A,B,C,D\ns,,EX,N/A,ungraded\n")
    assert [(gap.item, gap.state, gap.column) for gap in outcome.gaps] == [
        ("A", "missing", 2),
        ("B", "excused", 3),
        ("C", "not assigned", 4),
        ("D", "ungraded", 5),
    ]
    assert outcome.decisions[0].decision is Decision.NOT_ASSESSED


def test_n_mastery_without_enough_is_insufficient_evidence() -> None:
    row = decide_scores(Method.N_MASTERY, [Decimal(1), Decimal(2), Decimal(3)], parameter=2)
    assert (row.decision, row.score) == (Decision.INSUFFICIENT_EVIDENCE, None)


def test_a_score_below_the_lowest_level_has_no_level() -> None:
    row = decide_scores(Method.HIGHEST, [Decimal("0.99")])
    assert (row.decision, row.level, row.score) == (Decision.NOT_YET, None, Decimal("0.99"))


def test_rubrics_of_different_precision_are_decided_together() -> None:
    coarse = replace(make_rubric(MethodChoice(Method.AVERAGE), [EvidenceItem("A")]), id="coarse", precision=0)
    fine = replace(coarse, id="fine", precision=3)
    book = read_gradebook("g.csv", b"learner,A\npoints possible,8\ns,3.96\n", GradebookSettings())
    outcome = decide_cohort([coarse, fine], [book], locate)
    assert [str(row.score) for row in outcome.decisions] == ["2", "2.475"]


def test_only_the_windows_a_method_needs_are_emitted() -> None:
    text = " ".join(query.sql for query in compose_queries([Method.HIGHEST], [2], cuts=False))
    assert "row_number" not in text
    assert "join cuts" not in text
    assert "case max(g.method)" not in text
    ordered = compose_queries([Method.LATEST], [2], cuts=True)
    assert [query.name for query in ordered] == ["pieces", "ties", "decisions"]
    assert ordered[0].sql.count("row_number") == 1


def test_one_item_has_another_heading_in_another_file() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("Q", cuts={"l4": Decimal(50)})])
    canvas = b"Student,ID,Section,Q (1)\n    Points Possible,,,4\nA,1,S,3.00\n"
    other = canvas.replace(b"Q (1)", b"Q (2)").replace(b"A,1", b"B,2")
    outcome = decide(rubric, canvas, other, b"learner,item,score,possible\n3,q,1,4\n")
    assert outcome.problems == ()
    assert [(row.learner, str(row.score)) for row in outcome.decisions] == [
        ("3", "1.00"),
        ("1", "4.00"),
        ("2", "4.00"),
    ]


def test_keys_that_only_look_different_are_refused_across_files() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A")])
    (problem,) = decide(rubric, b"learner,A\nada,3\n", b"learner,A\nAda,3\n").problems
    assert problem.message == "this learner's key differs from the one in 0.csv only in case or spaces"


def test_a_score_far_above_the_points_possible_is_a_slip() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A")])
    for score, possible in (("9999999", "0.001"), ("101", "10"), ("-101", "10")):
        data = f"learner,item,score,possible\ns,A,{score},{possible}\n".encode()
        (problem,) = decide(rubric, data).problems
        assert problem.message.startswith("the score is more than 10 times the points possible")
    assert decide(rubric, b"learner,item,score,possible\ns,A,100,10\n").problems == ()


def test_a_forgotten_maximum_is_a_problem() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A")])
    (problem,) = decide(rubric, b"learner,item,score,possible\ns,A,8,10\nt,A,3,\n").problems
    assert (problem.place.row, problem.place.column) == (3, 4)


def test_sources_are_known_and_written_in_any_case() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A", source="instructor")])
    outcome = decide(rubric, long("s,A,4,,,,Instructor,", "t,A,4,,,,Learner,"))
    assert [row.score for row in outcome.decisions] == [Decimal(4), None]
    assert [(gap.learner, gap.state) for gap in outcome.gaps] == [("t", "other source")]
    (problem,) = decide(rubric, long("s,A,4,,,,peers,")).problems
    assert problem.message == "there is no such source"


def test_a_gap_is_the_newest_cell_whatever_the_order_of_rows() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A")])
    rows = ["s,A,missing,,1,,,", "s,A,excused,,2,,,"]
    for order in (rows, rows[::-1]):
        assert [gap.state for gap in decide(rubric, long(*order)).gaps] == ["excused"]


def test_items_used_by_criterion_have_gaps_and_cuts_of_their_own() -> None:
    low, high = {"l2": Decimal(10)}, {"l2": Decimal(90)}
    items = [EvidenceItem("A", criterion="X", cuts=low), EvidenceItem("A", criterion="Y", cuts=high)]
    rubric = make_rubric(MethodChoice(), items)
    heading = b"learner,item,score,possible,criterion\n"
    outcome = decide(rubric, heading + b"s,A,60,100,X\ns,A,excused,,Y\n")
    assert [(gap.criterion, gap.state) for gap in outcome.gaps] == [("Y", "excused")]
    outcome = decide(rubric, heading + b"s,A,60,100,X\ns,A,60,100,Y\n")
    described = [describe_conversion(piece, rubric.subcompetencies[0], rubric) for piece in outcome.pieces]
    assert described == [
        "60 of 100 cut to 2 (Level 2 from 10%)",
        "60 of 100 cut to 1 (Level 2 from 90%)",
    ]


def test_a_file_that_cannot_be_read_is_the_only_one_to_blame() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A"), EvidenceItem("B")])
    assert [each.message for each in decide(rubric, b"animal,legs\ncat,4\n").problems] == [
        "this is no export that microcred knows"
    ]


def test_what_is_missing_is_what_could_still_count() -> None:
    shown, not_yet, too_little = Decision.SHOWN, Decision.NOT_YET, Decision.INSUFFICIENT_EVIDENCE
    rule = AtLeast(2, (Shown("a"), AtLeast(1, (Shown("b"), Shown("c")))))
    assert list(name_missing(rule, {"a": not_yet, "b": shown, "c": too_little})) == ["a"]
    assert list(name_missing(rule, {"a": shown, "b": not_yet, "c": too_little})) == ["b", "c"]
    assert list(name_missing(rule, {"a": shown, "b": shown})) == []


PARTS = ("a", "b", "c", "d")
RULES = st.recursive(
    st.sampled_from(PARTS).map(Shown),
    lambda inner: st.builds(
        lambda parts, count: AtLeast(min(count, len(parts)), tuple(parts)),
        st.lists(inner, min_size=1, max_size=3),
        st.integers(1, 3),
    ),
    max_leaves=6,
)


@given(RULES, st.lists(st.sampled_from(list(Decision)), min_size=4, max_size=4))
def test_an_award_is_incomplete_only_while_it_is_open(
    rule: Shown | AtLeast, decisions: list[Decision]
) -> None:
    """Compare with trying out every way the undecided ones could still come out."""
    decided = dict(zip(PARTS, decisions, strict=True))
    outcomes = {decide_award(rule, world) for world in list_worlds(decided)}
    award = decide_award(rule, decided)
    if award is Award.INCOMPLETE:
        assert Award.EARNED in outcomes
        assert Award.NOT_YET in outcomes
    else:
        assert outcomes == {award}


def list_worlds(decided: dict[str, Decision]) -> list[dict[str, Decision]]:
    worlds = [decided]
    for part, decision in decided.items():
        if decision in {Decision.INSUFFICIENT_EVIDENCE, Decision.NOT_ASSESSED}:
            settled = (Decision.SHOWN, Decision.NOT_YET)
            worlds = [{**world, part: outcome} for world in worlds for outcome in settled]
    return worlds
