"""Which scores of which file are evidence for what, and what stands in the way."""

from decimal import Decimal

import pytest

from microcred_cli.assessment.matching import name_items
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.decision import Decision
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import EvidenceItem, MethodChoice, Rubric
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows.decide_cohort import Outcome, decide_cohort
from tests.assessment.cohorts import decide, locate, long, make_rubric

MOODLE = (
    b"First name,Last name,ID number,Quiz: Charter (Real),Quiz: Charter (Percentage),Forum: Talk (Real),"
    b"Last downloaded from this course\nAda,Byron,007,2.00,75.00 %,3.00,1763900000\n"
)


def decide_moodle(rubric: Rubric) -> Outcome:
    settings = GradebookSettings(only=name_items([rubric]))
    return decide_cohort([rubric], [read_gradebook("m.csv", MOODLE, settings)], locate)


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
        (3, 4, "the score is in words that are no level of r"),
        (3, 5, "the points possible are 0"),
    ]
    assert problems[0].help is not None
    assert "`grades` beside the item" in problems[0].help


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


def test_items_used_by_criterion_have_gaps_of_their_own() -> None:
    low, high = {"l2": Decimal(10)}, {"l2": Decimal(90)}
    items = [EvidenceItem("A", criterion="X", cuts=low), EvidenceItem("A", criterion="Y", cuts=high)]
    rubric = make_rubric(MethodChoice(), items)
    heading = b"learner,item,score,possible,criterion\n"
    outcome = decide(rubric, heading + b"s,A,60,100,X\ns,A,excused,,Y\n")
    assert [(gap.criterion, gap.state) for gap in outcome.gaps] == [("Y", "excused")]


def test_a_file_that_cannot_be_read_is_the_only_one_to_blame() -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("A"), EvidenceItem("B")])
    assert [each.message for each in decide(rubric, b"animal,legs\ncat,4\n").problems] == [
        "this is no export that microcred knows"
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Charter", "Quiz: Charter (Real)"),
        ("Quiz: Charter (Real)", "quiz:  charter"),
        ("Quiz: Charter (Percentage)", "Quiz: Charter (Real)"),
        ("Charter", "Quiz: Charter"),
    ],
)
def test_two_names_of_one_grade_are_a_problem_of_the_second(first: str, second: str) -> None:
    items = [EvidenceItem(first), EvidenceItem("Talk"), EvidenceItem(second)]
    outcome = decide_moodle(make_rubric(MethodChoice(), items))
    (problem,) = outcome.problems
    assert problem.message == f"this is the same item as the line before: `{first}`"
    assert problem.help == "take one of the two out"
    assert problem.place.file == "rubric 0: subcompetencies/0/evidence/2/item"
    assert (problem.learner, outcome.decisions) == (None, ())


@pytest.mark.parametrize(
    ("name", "score"),
    [("Charter", "3.75"), ("quiz: charter", "3.75"), ("Quiz: Charter (Real)", "2.00")],
)
def test_each_name_of_a_grade_is_accepted(name: str, score: str) -> None:
    outcome = decide_moodle(make_rubric(MethodChoice(), [EvidenceItem(name)]))
    assert outcome.problems == ()
    assert [str(row.score) for row in outcome.decisions] == [score]


def test_an_item_by_name_and_by_heading_is_one_problem_whoever_has_scores() -> None:
    data = b"Student,ID,Section,Reflection (104)\n    Points Possible,,,4\nA,1,S,2.00\nB,2,S,3.00\n"
    items = [EvidenceItem("Reflection"), EvidenceItem("Reflection (104)")]
    (problem,) = decide(make_rubric(MethodChoice(), items), data).problems
    assert problem.message == "this is the same item as the line before: `Reflection`"
    # One of them takes every source, so that the other's scores would count twice.
    items[1] = EvidenceItem("Reflection (104)", source="learner")
    assert [each.learner for each in decide(make_rubric(MethodChoice(), items), data).problems] == [None]


def test_criteria_and_sources_tell_two_entries_of_an_item_apart() -> None:
    items = [
        EvidenceItem("A", criterion="X"),
        EvidenceItem("a", criterion="Y"),
        EvidenceItem("A", source="learner"),
        EvidenceItem("A", source="employer"),
    ]
    rows = ["s,A,1,,,X,,", "s,A,2,,,Y,,", "s,A,3,,,,learner,", "s,A,4,,,,employer,"]
    outcome = decide(make_rubric(MethodChoice(), items), long(*rows))
    assert outcome.problems == ()
    assert sorted(piece.value or 0 for piece in outcome.pieces) == [1, 2, 3, 4]


def test_scores_by_criterion_alone_ask_for_one() -> None:
    rows = ["s,Essay,1,,,Clarity,,", "t,Essay,2,,,Use of sources,,"]
    rubric = make_rubric(MethodChoice(), [EvidenceItem("Essay")])
    outcome = decide(rubric, long(*rows))
    (problem,) = outcome.problems
    assert problem.message == "the scores of “Essay” are by criterion"
    assert problem.help == "name one: `criterion: Clarity` or `criterion: Use of sources`"
    assert problem.place.file == "rubric 0: subcompetencies/0/evidence/0/item"
    assert outcome.decisions == ()
    many = [f"s,Essay,1,,,C{number},," for number in range(6)]
    (problem,) = decide(rubric, long(*many)).problems
    assert (problem.help or "").endswith("`criterion: C4` …")


@pytest.mark.parametrize("cell", ["3", "", "EX"])
def test_a_row_without_criterion_is_enough_to_be_assessed(cell: str) -> None:
    rubric = make_rubric(MethodChoice(), [EvidenceItem("Essay")])
    outcome = decide(rubric, long("s,Essay,1,,,Clarity,,", f"s,Essay,{cell},,,,,"))
    assert outcome.problems == ()
    assert len(outcome.decisions) == 1
