"""The plain evaluator on cases worked out by hand from docs/deciding.md."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.assessment.made_rubrics import make_document
from tests.assessment.plain.awards import decide_award
from tests.assessment.plain.learners import Learner
from tests.assessment.plain.points import RefusedError, convert_cell, round_result
from tests.assessment.plain.records import Row, read_document
from tests.assessment.plain.scores import choose_scores, subtract_duration

NOW = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("line", "score", "possible", "points"),
    [
        ({}, "PROFICIENT", "", "3"),
        ({}, "beginning work", "", "1"),
        ({"grades": {"Proficient": "developing", "B+": "exemplary"}}, "proficient", "", "2"),
        ({"grades": {"B+": "exemplary"}}, "b+", "10", "4"),
        ({"grades": {"B+": "exemplary"}}, "A", "", None),
        ({}, "4", "", "4"),
        ({}, "4.01", "", None),
        ({}, "1", "3", "1.333333333"),
        ({}, "12", "10", "4.8"),
        ({"cuts": {"developing": "50%", "exemplary": "90%"}}, "4.9", "10", "1"),
        ({"cuts": {"developing": "50%", "exemplary": "90%"}}, "5", "10", "2"),
        ({"cuts": {"developing": "50%", "exemplary": "90%"}}, "11", "10", "4"),
        ({"cuts": {"developing": "50%"}}, "3", "", None),
    ],
)
def test_a_cell_becomes_points(line: dict[str, Any], score: str, possible: str, points: str | None) -> None:
    rubric = read_document(make_document([{"by": "highest"}], [{"item": "A", **line}]))
    row = Row("s", "A", score, possible)
    if points is None:
        with pytest.raises(RefusedError):
            convert_cell(row, rubric.parts[0].evidence[0], rubric)
    else:
        assert convert_cell(row, rubric.parts[0].evidence[0], rubric) == Fraction(points)


def mark(score: str, **more: str) -> Row:
    return Row("s", "A", score, **more)


@pytest.mark.parametrize(
    ("decide", "line", "rows", "left"),
    [
        ({}, {"source": "employer"}, [mark("1", source="learner"), mark("2")], ["2"]),
        ({}, {}, [mark("1", rater="Kim"), mark("2", rater="Agreed"), mark("3", attempt="2")], ["2", "3"]),
        ({}, {}, [mark("1", date="2026-01-02"), mark("2"), mark("3", date="2026-01-01")], ["1"]),
        ({"attempts": "latest"}, {}, [mark("3"), mark("1", attempt="1"), mark("2", attempt="2")], ["2"]),
        ({"attempts": "best"}, {}, [mark("2", attempt="1"), mark("2", attempt="2"), mark("1")], ["2"]),
        (
            {"attempts": "latest"},
            {},
            [mark("1", attempt="1", source="learner"), mark("2", attempt="2", source="employer")],
            ["1", "2"],
        ),
        (
            {"within": "2 years"},
            {},
            [
                mark("1", date="2024-11-26", attempt="1"),
                mark("2", date="2024-11-25T23:59Z"),
                mark("3", rater="a"),
            ],
            ["1"],
        ),
        ({"late": "leave-out"}, {}, [mark("1", late="yes"), mark("2", late="no", attempt="2")], ["2"]),
        (
            {"late": {"at_most": "developing"}},
            {},
            [mark("4", late="yes"), mark("1", late="yes", rater="a")],
            ["1", "2"],
        ),
    ],
)
def test_which_scores_count(
    decide: dict[str, str], line: dict[str, str], rows: list[Row], left: list[str]
) -> None:
    rubric = read_document(make_document([{"by": "average", **decide}], [{"item": "A", **line}]))
    chosen = choose_scores(rubric, rubric.parts[0], rows, NOW)
    assert sorted(mark.points for mark in chosen.marks) == [Fraction(points) for points in left]
    assert len(chosen.marks) + len(chosen.aside) == len(rows)


def test_going_back_by_the_calendar() -> None:
    assert subtract_duration(date(2028, 2, 29), "1 year") == date(2027, 2, 28)
    assert subtract_duration(date(2026, 3, 31), "1 month") == date(2026, 2, 28)
    assert subtract_duration(date(2026, 1, 5), "2 months") == date(2025, 11, 5)
    assert subtract_duration(date(2026, 1, 5), "2 weeks") == date(2025, 12, 22)


def test_a_result_is_rounded_from_nine_decimals() -> None:
    assert round_result(Fraction("2.4949999999"), 2) == Fraction("2.50")
    assert round_result(Fraction("2.494999999"), 2) == Fraction("2.49")
    assert round_result(Fraction("-0.005"), 2) == Fraction("-0.01")


@pytest.mark.parametrize(
    ("rule", "award"),
    [
        ("all", "not-yet"),
        ("any", "earned"),
        ({"all": ["a", "c"]}, "incomplete"),
        ({"any": ["b", "c"]}, "incomplete"),
        ({"at_least": 2}, "incomplete"),
        ({"at_least": 3}, "not-yet"),
        ({"all": ["a"], "source": "employer"}, "incomplete"),
        ({"all": ["a", {"any": ["b"]}], "source": "learner"}, "earned"),
        ({"any": [{"all": ["a"], "source": "employer"}], "source": "learner"}, "incomplete"),
        ({"points": 5, "of": {"a": 4, "c": 1}}, "incomplete"),
        ({"points": 4, "of": {"a": 4, "b": 9}, "required": ["b"]}, "not-yet"),
        ({"all": [{"held": "x"}, "a"]}, "earned"),
        ({"held": "y"}, "not-yet"),
    ],
)
def test_an_award(rule: Any, award: str) -> None:
    states = {
        ("", "a"): True,
        ("", "b"): False,
        ("", "c"): None,
        ("employer", "a"): None,
        ("learner", "a"): True,
        ("learner", "b"): True,
        ("held", "x"): True,
        ("held", "y"): False,
    }
    assert decide_award(rule, ("a", "b", "c"), states) == award


def test_an_agreed_mark_was_given_by_those_who_agreed() -> None:
    document = make_document([{"by": "highest", "at_least": {"raters": 2}}], [{"item": "A"}])
    rubric = read_document(document)
    rows = [mark("3", rater="Kim"), mark("2", rater="Lee"), mark("3", rater="agreed")]
    assert Learner([rubric], rows, NOW).decide(rubric, "p0").decision == "shown"
    other = [*rows[:2], mark("3", rater="agreed", late="yes"), mark("3", rater="Kim", attempt="2")]
    late = {"by": "highest", "at_least": {"raters": 2}, "late": "leave-out"}
    strict = read_document(make_document([late], [{"item": "A"}]))
    assert Learner([strict], other, NOW).decide(strict, "p0").decision == "insufficient-evidence"
