"""Numbers, dates, names, safe text and suggestions."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.model.place import Place, name_column
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.names import fold_name, sort_name
from microcred_cli.texts.numbers import DecimalMark, find_decimal_marks, parse_number
from microcred_cli.texts.safe import safe
from microcred_cli.texts.suggest import advise_name, suggest_name

POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("3", POINT, "3"),
        ("3", COMMA, "3"),
        ("-3.50", POINT, "-3.50"),
        ("-3,50", COMMA, "-3.50"),
        ("1,234.56", POINT, "1234.56"),
        ("1,234,567.5", POINT, "1234567.5"),
        ("1.234,56", COMMA, "1234.56"),
        ("1 234,56", COMMA, "1234.56"),
        ("1\u00a0234\u00a0567,5", COMMA, "1234567.5"),
        ("1\u202f234", COMMA, "1234"),
        ("007", POINT, "7"),
    ],
)
def test_numbers(text: str, mark: DecimalMark, value: str) -> None:
    assert parse_number(text, mark) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", " 3", "3 ", "+3", ".5", "5.", "1e3", "1_0",
     "NaN", "inf", "\u0665", "\u0967", "0x1F", "1,23", "12,34.5",
     "1,2345", "12345678", "1.0000000001", "--1", "1-", "3%", "²", "1.234.567,8.9", "1 234.567,8"],
)  # fmt: skip
def test_no_numbers_with_either_mark_unless_the_other_means_it(text: str) -> None:
    assert parse_number(text, POINT) is None
    if text not in {"1,23", "1,2345"}:
        assert parse_number(text, COMMA) is None


def test_points_are_no_decimal_mark_where_the_comma_is() -> None:
    assert parse_number("3.50", COMMA) is None
    assert parse_number("3,50", POINT) is None


def test_witnesses_of_a_decimal_mark() -> None:
    assert find_decimal_marks(["1", "1,234", ""]) == {}
    assert find_decimal_marks(["1", "1.5"]) == {POINT: 1}
    # No thousands begin with a zero.
    assert find_decimal_marks(["2.500", "0.500"]) == {POINT: 1}
    assert find_decimal_marks(["0,125"]) == {COMMA: 0}
    assert find_decimal_marks(["1,5", "2.5"]) == {COMMA: 0, POINT: 1}


@given(st.text(max_size=12))
def test_a_number_is_made_of_ascii_digits_only(text: str) -> None:
    for mark in DecimalMark:
        if parse_number(text, mark) is not None:
            assert set(text) <= set("-0123456789., \u00a0\u202f")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-01", 0),
        ("1970-01-02 00:00", 86400),
        ("1970-01-01T00:01:01Z", 61),
        ("1970-01-01T00:00:01.999Z", 1),
        ("1970-01-01T02:00:00+02:00", 0),
        ("1969-12-31T19:00:00-05:00", 0),
        ("2026-11-23 10:00:00 UTC", 1795428000),
        ("1969-12-31 18:30:00 -0530", 0),
    ],
)
def test_dates(text: str, seconds: int) -> None:
    assert parse_date(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "1970", "1970-1-1", "1970-W01-1", "1970-02-30", "19700101", "1970-01-01T24:01",
     "1970-01-01T00:00:60Z", "01/02/1970", "1970-01-01T00:00+25:00", "\uff11970-01-01", "0000-01-01",
     "1970-01-01 00:00 +02:00", "1970-01-01 00:00 +9900", "1970-01-01 00:00+0200"],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    assert parse_date(text) is None


def test_names_are_compared_without_case_and_composition() -> None:
    assert fold_name(" Zoe\u0308  MÜLLER ") == fold_name("zoë müller")


MARKED = st.text(st.sampled_from("aÉ \u0301\u0323\u0344\u0f73\u0f71\u0f72\uff9e\u1faf가ᄀ\u1161\u11a8"))


@given(st.text() | MARKED)
def test_names_are_compared_as_they_compose_however_long_they_are(text: str) -> None:
    for name in (text, text + "x" * 201):
        assert fold_name(name) == " ".join(unicodedata.normalize("NFC", name).split()).casefold()
        assert fold_name(unicodedata.normalize("NFD", name)) == fold_name(name)


@given(st.text() | MARKED)
def test_names_are_sorted_without_accents(text: str) -> None:
    letters = [each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)]
    assert sort_name(text) == fold_name("".join(letters))


def test_names_of_many_marks_are_compared_and_sorted() -> None:
    above, below = "\u0301" * 60_000, "\u0323" * 60_000
    assert fold_name(f"A{above}{below}") == fold_name(f"a{below}{above}")
    assert fold_name(f"A{above}{below}") != fold_name(f"a{below}{above}\u0301")
    assert sort_name(f"A{above}{below}") == "a"


@given(st.text())
def test_safe_text_steers_no_terminal(text: str) -> None:
    made = safe(text)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in made)
    assert not any(character in "\u202e\u2066\u200b\u2028\ufeff" for character in made)
    assert made.encode("utf-8").decode("utf-8") == made


def test_safe_text_shows_what_was_there() -> None:
    assert safe("a\x1b[31m\u202eb\n") == "a\\x1b[31m\\u202eb\\n"


def test_suggestions() -> None:
    assert suggest_name("Team chater", ["Team charter", "Sprint"]) == "Team charter"
    assert suggest_name("xyz", ["Team charter"]) is None
    assert advise_name("xyz", []) == "there is nothing to choose from"
    assert advise_name("xyz", ["a"] * 9).endswith(", …")


def test_places_are_written_as_spreadsheets_show_them() -> None:
    assert [name_column(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert str(Place("g.csv", 7, 28, "Essay")) == "g.csv, row 7, column AB (Essay)"
    assert str(Place("g.csv")) == "g.csv"
