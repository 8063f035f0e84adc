"""The two generic layouts."""

from decimal import Decimal

import pytest

from microcred_cli.gradebooks.detect import UNKNOWN, read_gradebook
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.settings import GradebookSettings


def read(text: str, settings: GradebookSettings | None = None) -> Gradebook:
    return read_gradebook("g.csv", text.encode(), settings or GradebookSettings())


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def test_a_long_table_with_every_column_in_any_order() -> None:
    gradebook = read(
        "score,item,learner,possible,date,rater,source,criterion,attempt,name,email\n"
        "3.5,Essay,s1,4,2026-03-01,Kim,instructor,Clarity,2,Ada,ada@example.org\n"
    )
    assert gradebook.problems == ()
    (score,) = gradebook.scores
    assert score.value == Decimal("3.5")
    assert (score.possible, score.criterion, score.attempt) == (Decimal(4), "Clarity", 2)
    assert (score.rater, score.source, score.date, score.at) == (
        "Kim",
        "instructor",
        "2026-03-01",
        1772323200,
    )
    assert (score.row, score.column) == (2, 1)
    assert (gradebook.learners[0].name, gradebook.learners[0].email) == ("Ada", "ada@example.org")


def test_a_wide_table_with_maxima() -> None:
    gradebook = read("learner,name,Essay,Talk\nPoints possible,,10,4\ns1,Ada,7.5,\n")
    assert gradebook.problems == ()
    assert [(item.name, item.possible) for item in gradebook.items] == [
        ("Essay", Decimal(10)),
        ("Talk", Decimal(4)),
    ]
    assert [(score.value, score.possible) for score in gradebook.scores] == [
        (Decimal("7.5"), Decimal(10)),
        (None, Decimal(4)),
    ]


@pytest.mark.parametrize("key", ["1.23457E+14", "1,23457E+14", "1E+20"])
def test_a_key_whose_digits_a_spreadsheet_has_cut_is_refused(key: str) -> None:
    (problem,) = read(f'learner,item,score\n"{key}",Essay,4\n').problems
    assert (problem.place.row, problem.message) == (2, "a spreadsheet has cut the digits of this key")
    assert read("learner,item,score\n1E14,Essay,4\n").problems == ()


def test_thousands_of_rows_of_maxima_are_refused_at_once() -> None:
    rows = "points possible,4\n" * 12_000
    assert len(read(f"learner,Essay\n{rows}a,3\n").problems) == 11_999


def test_a_row_of_means_is_no_learner() -> None:
    (problem,) = read("learner,Essay\ns1,3\nAverage,3\n").problems
    assert (problem.place.row, problem.place.column) == (3, 1)
    assert "summary" in problem.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = delimiter.join(["learner", "Essay"]) + "\n" + delimiter.join(["s1", "3"]) + "\n"
    assert read(text).scores[0].value == Decimal(3)


def test_semicolons_and_decimal_commas() -> None:
    gradebook = read("learner;Essay\ns1;3,5\n", GradebookSettings(decimal=","))
    assert gradebook.scores[0].value == Decimal("3.5")


@pytest.mark.parametrize("layout", ["learner;A;B\ns1;3,5;2,0\n", "learner;item;score\ns1;A;3,5\ns1;B;2,0\n"])
def test_decimal_commas_show_themselves(layout: str) -> None:
    gradebook = read(layout)
    assert [score.value for score in gradebook.scores] == [Decimal("3.5"), Decimal(2)]
    assert gradebook.facts["decimal mark"] == "comma"


@pytest.mark.parametrize("layout", ["learner;A\ns1;1,500\n", "learner;item;score\ns1;A;1,500\n"])
def test_a_mark_that_could_be_either_is_asked_for(layout: str) -> None:
    (problem,) = read(layout).problems
    assert problem.message == "whether the mark in this number divides thousands or decimals cannot be told"
    told = read(layout, GradebookSettings(decimal=","))
    usual = read(layout, GradebookSettings(usual_decimal=","))
    assert told.scores[0].value == usual.scores[0].value == Decimal("1.5")


def test_what_a_file_shows_goes_before_what_is_usual() -> None:
    assert read("learner,A\ns1,3.5\n", GradebookSettings(usual_decimal=",")).scores[0].value == Decimal("3.5")


def test_an_unknown_column_of_a_long_table_gets_a_suggestion() -> None:
    gradebook = read("learner,item,score,atempt\ns1,Essay,3,1\n")
    assert describe(gradebook) == [(1, 4, "this layout has no such column")]
    assert gradebook.problems[0].help == "did you mean `attempt`?"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("s1,Essay,3,,\ns1,Essay,4,,", (3, 3, "row 2 gives the same score of the same learner already")),
        (",Essay,3,,", (2, 1, "this row has no learner")),
        ("s1,,3,,", (2, 2, "this row has no item")),
        ("s1,Essay,3,2026-W01-1,", (2, 4, "this is not a date")),
        ("s1,Essay,3,2026-02-30,", (2, 4, "this is not a date")),
        ("s1,Essay,3,2026-01-01T25:00,", (2, 4, "this is not a date")),
        ("s1,Essay,3,,two", (2, 5, "this is not a number of an attempt")),
        ("s1,Essay,3,,9999999", (2, 5, "this is not a number of an attempt")),
        (
            "s1,Essay,3,,\nS1,Essay,3,,2",
            (3, 1, "this learner's key differs from row 2 only in case or spaces"),
        ),
    ],
)
def test_refused_rows_of_a_long_table(rows: str, expected: tuple[int, int, str]) -> None:
    assert describe(read(f"learner,item,score,date,attempt\n{rows}\n")) == [expected]


def test_attempts_and_dates_tell_scores_of_one_item_apart() -> None:
    rows = "s1,Essay,3,,1\ns1,Essay,3,,2\ns1,Essay,3,2026-01-01,\n"
    assert read(f"learner,item,score,date,attempt\n{rows}").problems == ()


@pytest.mark.parametrize("word", ["name", "email"])
def test_one_learner_has_one_name_and_email(word: str) -> None:
    gradebook = read(f"learner,item,score,{word}\ns1,A,3,x\ns1,B,3,\ns1,C,3,y\n")
    noun = "name" if word == "name" else "e-mail"
    assert describe(gradebook) == [(4, 1, f"this learner has another {noun} in row 2")]


def test_wide_rows_that_repeat_a_learner_or_the_maxima_are_refused() -> None:
    gradebook = read("learner,A\npoints possible,4\npoints possible,5\ns1,3\nS1,3\n")
    assert describe(gradebook) == [
        (3, None, "a second row of points possible"),
        (5, 1, "the same learner stands in row 4 already"),
    ]


def test_maxima_that_are_no_numbers_are_refused() -> None:
    assert describe(read("learner,A\npoints possible,lots\ns1,3\n")) == [
        (2, 2, "this is not a number of points possible")
    ]
    assert describe(read("learner,item,score,possible\ns1,A,3,lots\n")) == [
        (2, 4, "this is not a number of points possible")
    ]


def test_a_column_without_a_heading_is_refused_only_when_something_stands_in_it() -> None:
    assert describe(read("learner,A,\ns1,3,\n")) == []
    assert describe(read("learner,A,\ns1,3,x\n")) == [(1, 3, "this column has no heading")]


def test_a_score_that_is_refused_in_a_wide_table() -> None:
    assert describe(read("learner,A\ns1,1e5\n")) == [(2, 2, "this is not a score: it has an exponent")]


def test_only_items_in_use_are_read() -> None:
    settings = GradebookSettings(only=frozenset({"b"}))
    assert [score.item for score in read("learner,A,B\ns1,rubbish,3\n", settings).scores] == ["B"]
    long = read("learner,item,score\ns1,A,rubbish\ns1,B,3\n", settings)
    assert (long.problems, [score.item for score in long.scores]) == ((), ["B"])


def test_what_is_no_gradebook_says_what_would_be_one() -> None:
    gradebook = read("animal,legs\ncat,4\n")
    assert gradebook.system == UNKNOWN
    assert "Canvas" in (gradebook.problems[0].help or "")


def test_a_heading_alone_is_a_problem() -> None:
    assert describe(read("learner,item,score\n")) == [(None, None, "there is a heading but no row below it")]
    assert describe(read("")) == [(None, None, "the file is empty")]
