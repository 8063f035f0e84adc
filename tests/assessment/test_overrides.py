"""A person's decision in place of a method's."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.assessment.overrides import (
    COLUMNS,
    Overrides,
    apply_overrides,
    check_names,
    read_overrides,
    recall_evidence,
    settle_overrides,
)
from microcred_cli.model.decision import Decision
from microcred_cli.model.override import Overruled
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import DecisionRow, Piece
from microcred_cli.model.rubric import EvidenceItem, MethodChoice, Rubric
from tests.assessment.cohorts import make_rubric

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HEADING = ",".join(COLUMNS)
GOOD = {
    "learner": "a",
    "rubric": "r",
    "subcompetency": "part",
    "decision": "shown",
    "reason": "Seen in class",
    "by": "Ito",
    "at": "2026-03-01",
}
RUBRIC: Rubric = make_rubric(MethodChoice(), [EvidenceItem("Essay")])
SHOWN, NOT_YET = Decision.SHOWN, Decision.NOT_YET
TOO_LITTLE, NOT_ASSESSED = Decision.INSUFFICIENT_EVIDENCE, Decision.NOT_ASSESSED


def read(*rows: dict[str, str], now: datetime = NOW) -> tuple[Overrides, tuple[Problem, ...]]:
    lines = [HEADING, *(",".join({**GOOD, **row}[name] for name in COLUMNS) for row in rows)]
    return read_overrides("o.csv", "\n".join(lines).encode(), now)


def read_good(*rows: dict[str, str]) -> Overrides:
    overrides, problems = read(*rows)
    assert problems == ()
    return overrides


def decision(kind: Decision, level: str | None = None, score: str | None = None) -> DecisionRow:
    number = None if score is None else Decimal(score)
    return DecisionRow("a", "r", "1.0.0", "part", kind, level, number, 1, "highest")


def piece(points: str = "2", date: str | None = None, **others: str) -> Piece:
    value = Decimal(points)
    made = Piece(
        "a",
        "r",
        "part",
        1,
        "Essay",
        None,
        value,
        None,
        "points",
        value,
        date,
        None,
        None,
        None,
        "g.csv",
        2,
        3,
    )
    return replace(made, **others)  # type: ignore[arg-type]


def apply(
    row: DecisionRow, overrides: Overrides, *pieces: Piece, before: Overruled | None = None
) -> tuple[DecisionRow, Overruled]:
    known = recall_evidence([] if before is None else [before])
    (decided,), (overruled,) = apply_overrides([row], overrides, pieces, [RUBRIC], known)
    return decided, overruled


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("decision", "earned", "no such decision"),
        ("decision", "", "lacks its decision"),
        ("learner", " ", "lacks its learner"),
        ("reason", "", "lacks its reason"),
        ("by", "", "lacks its by"),
        ("by", "Method", "`method` is what decides without a person"),
        ("at", "01/03/2026", "not a date"),
        ("at", "2026-02-30", "not a date"),
        ("at", "2062-03-01", "still to come"),
        ("at", "2026-11-21T09:00:01Z", "still to come"),
    ],
)
def test_a_row_that_does_not_say_all_it_has_to_is_refused_where_it_fails(
    column: str, cell: str, message: str
) -> None:
    overrides, (problem,) = read({}, {"learner": "b", column: cell})
    assert message in problem.message
    assert problem.place == Place("o.csv", 3, COLUMNS.index(column) + 1, column)
    assert [row.row for row in overrides.rows] == [2]


def test_a_day_that_has_begun_elsewhere_is_not_still_to_come() -> None:
    assert read_good({"at": "2026-11-21"}, {"learner": "b", "at": "2026-11-20T20:00:00+14:00"}).rows


SPREADSHEETS = {
    "byte order mark, semicolons, CRLF": (
        f"\ufeff{HEADING.replace(',', ';')}\r\na;r;part;shown;Seen in class;Ito;2026-03-01\r\n"
    ),
    "tabs, other order, other case": (
        "AT\tBy\tReason\tDecision\tSubcompetency\tRubric\tLearner\n"
        "2026-03-01\tIto\tSeen in class\tSHOWN\tPart\tR\ta\n"
    ),
    "columns and rows that were once in use": (
        f"{HEADING},,\n a , r ,part,Shown,Seen  in class,Ito,2026-03-01,,\n,,,,,,,,\n"
    ),
    "a line break in a cell": f'{HEADING}\na,r,part,shown,"Seen\r\nin class",Ito,2026-03-01\n',
}


@pytest.mark.parametrize("data", SPREADSHEETS.values(), ids=SPREADSHEETS)
def test_what_a_spreadsheet_makes_of_it_is_the_same(data: str) -> None:
    overrides, problems = read_overrides("o.csv", data.encode(), NOW)
    assert problems == ()
    (row,), (wanted,) = overrides.rows, read_good({}).rows
    assert (row, row.decision, row.reason, row.by) == (wanted, wanted.decision, wanted.reason, wanted.by)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Not yet", NOT_YET),
        ("NOT-YET", NOT_YET),
        ("Insufficient evidence", TOO_LITTLE),
        ("not  assessed", NOT_ASSESSED),
    ],
)
def test_decisions_are_known_in_any_case_and_with_spaces(written: str, meant: Decision) -> None:
    assert read_good({"decision": written}).rows[0].decision is meant


@pytest.mark.parametrize(
    ("heading", "message", "column"),
    [
        (HEADING.replace("rubric", "rubrik"), "there is no column “rubric”", None),
        (HEADING.replace("rubric", "rubrik"), "no such column", 2),
        (HEADING + ",note", "no such column", 8),
        (HEADING + ",At", "there twice", 8),
    ],
)
def test_a_column_too_many_or_too_few_is_refused(heading: str, message: str, column: int | None) -> None:
    row = ",".join(GOOD.values()) + ",x" * (heading.count(",") + 1 - len(GOOD))
    overrides, problems = read_overrides("o.csv", f"{heading}\n{row}".encode(), NOW)
    assert overrides.rows == ()
    assert (message, column) in [
        (message if message in problem.message else "", problem.place.column) for problem in problems
    ]


@given(st.permutations(["2026-03-01", "2026-03-01T08:00:00+09:00", "2026-04-02 10:30", "2025-12-31"]))
def test_of_several_the_newest_holds_in_whatever_order_they_stand(days: list[str]) -> None:
    overrides = read_good(*({"at": day, "learner": "A" if place else "a"} for place, day in enumerate(days)))
    assert [row.at for row in overrides.rows] == ["2026-04-02 10:30"]


def test_two_at_the_same_time_are_refused() -> None:
    _, (problem,) = read({}, {"at": "2026-03-01T00:00:00Z", "decision": "not-yet"})
    assert "row 2 decides the same at the same time" in problem.message


@pytest.mark.parametrize(
    ("row", "column", "advice"),
    [
        ({"learner": "zoe"}, "learner", "the key that decisions.csv has"),
        ({"rubric": "q"}, "rubric", "known here: `r`"),
        ({"subcompetency": "prat"}, "subcompetency", "did you mean `part`?"),
        ({"subcompetency": "zzz"}, "subcompetency", "use the id"),
    ],
)
def test_what_is_not_there_is_a_problem_that_tells_nothing_of_learners(
    row: dict[str, str], column: str, advice: str
) -> None:
    overrides = settle_overrides(read_good(row), {"r"}, {"r"}, ["a", "zoey"])
    (problem,) = check_names(overrides, [RUBRIC], ["a", "zoey"])
    assert problem.place == Place("o.csv", 2, COLUMNS.index(column) + 1, column)
    assert advice in str(problem.help)
    assert problem.content == row[column]
    assert f" {row[column]}" not in problem.message
    assert "zoey" not in f"{problem.message} {problem.help}"


def test_a_learner_is_known_in_any_case_and_a_rubric_of_another_assessment_is_passed_over() -> None:
    overrides = read_good({"learner": "A"}, {"rubric": "other", "subcompetency": "x", "learner": "gone"})
    settled = settle_overrides(overrides, {"r"}, {"r", "other"}, ["a"])
    assert [row.learner for row in settled.rows] == ["a"]
    assert list(check_names(settled, [RUBRIC], ["a"])) == []


@pytest.mark.parametrize(
    ("method", "level", "override", "becomes"),
    [
        (SHOWN, "l4", SHOWN, "l4"),  # who agrees takes nothing away
        (SHOWN, "l4", NOT_YET, None),
        (SHOWN, "l4", TOO_LITTLE, None),
        (NOT_YET, "l2", SHOWN, "l3"),
        (NOT_YET, "l2", NOT_YET, "l2"),
        (NOT_YET, None, SHOWN, "l3"),
        (TOO_LITTLE, None, SHOWN, "l3"),
        (NOT_ASSESSED, None, NOT_YET, None),
        (NOT_ASSESSED, None, SHOWN, "l3"),
        (NOT_ASSESSED, None, NOT_ASSESSED, None),
    ],
)
def test_a_person_decides_and_the_level_goes_with_it(
    method: Decision, level: str | None, override: Decision, becomes: str | None
) -> None:
    score = None if level is None else f"{level[1:]}.10"
    row = decision(method, level, score)
    decided, overruled = apply(row, read_good({"decision": override}), piece())
    assert (decided.decision, decided.level, decided.score) == (override, becomes, None)
    assert (decided.decided_by, decided.reason) == ("Ito", "Seen in class")
    assert (decided.pieces, decided.method) == (row.pieces, row.method)
    assert (overruled.method_decision, overruled.method_level, overruled.method_score) == (
        method,
        level,
        row.score,
    )
    assert not overruled.outdated


@pytest.mark.parametrize(
    ("at", "date", "outdated"),
    [
        ("2026-03-01", None, False),
        ("2026-03-01", "2026-02-28", False),
        ("2026-03-01", "2026-03-01", False),
        ("2026-03-01", "2026-03-01T23:59:59Z", False),
        ("2026-03-01", "2026-03-01T23:00:00-05:00", False),  # a day is a day where it was written
        ("2026-03-01", "2026-03-02", True),
        ("2026-03-01T10:00:00Z", "2026-03-01", False),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:01Z", True),
        ("2026-03-01T10:00:00+09:00", "2026-03-01T02:00:00Z", True),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:30:00+01:00", False),
    ],
)
def test_newer_evidence_makes_it_out_of_date(at: str, date: str | None, *, outdated: bool) -> None:
    _, overruled = apply(decision(NOT_YET, "l2"), read_good({"at": at}), piece(), piece(date=date))
    assert overruled.outdated is outdated


CHANGES = {
    "other points": ([piece("3")], True),
    "one score more": ([piece(), piece()], True),
    "no score any more": ([], True),
    "another rater": ([piece(rater="Sato")], True),
    "another source": ([piece(source="employer")], True),
    "the same, elsewhere": ([piece(file="new.csv")], False),
    "the same, spelled otherwise": ([piece("2.000", item="ESSAY")], False),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_evidence_makes_it_out_of_date_until_a_person_decides_anew(name: str) -> None:
    pieces, changed = CHANGES[name]
    row = decision(NOT_YET, "l2")
    _, first = apply(row, read_good({}), piece())
    _, second = apply(row, read_good({}), *pieces, before=first)
    _, third = apply(row, read_good({"reason": "Mended a word"}), *pieces, before=second)
    _, renewed = apply(row, read_good({"at": "2026-03-02"}), *pieces, before=third)
    _, back = apply(row, read_good({}), piece(), before=third)
    assert [each.outdated for each in (first, second, third, renewed, back)] == [
        False,
        changed,
        changed,
        False,
        False,
    ]


def test_the_same_date_in_other_words_changes_nothing() -> None:
    row, overrides = decision(NOT_YET, "l2"), read_good({})
    _, first = apply(row, overrides, piece(date="2026-02-01"))
    _, second = apply(row, overrides, piece(date="2026-02-01T00:00:00Z"), before=first)
    assert not second.outdated


@given(st.sampled_from(list(Decision)), st.sampled_from(list(Decision)), st.permutations("abc"))
def test_nobody_else_is_touched(method: Decision, other: Decision, keys: list[str]) -> None:
    rows = [replace(decision(method), learner=key) for key in keys]
    decided, overruled = apply_overrides(
        rows, read_good({"learner": "b", "decision": other}), [], [RUBRIC], {}
    )
    assert [row.learner for row in decided] == [row.learner for row in rows]
    assert [row for row in decided if row.learner != "b"] == [row for row in rows if row.learner != "b"]
    assert [row.learner for row in overruled] == ["b"]
