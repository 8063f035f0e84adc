"""What the engine takes by itself, it takes as the reader of the layout does."""

from decimal import Decimal

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from microcred_cli.gradebooks.learners import is_key
from microcred_cli.gradebooks.long_sql import TEXTS, LongColumns, compose_keys, compose_rows
from microcred_cli.texts.dates import PLAIN_FORMATS, parse_date
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark, parse_number

COLUMNS = LongColumns(("learner", "item", "score", "date"), {"learner": 0, "item": 1, "score": 2, "date": 3})
LONG = settings.get_current_profile_name() == "long"
# Long lists take minutes to shrink; the failing assertion names the text.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
MANY = 200 if LONG else 15


def read(
    texts: list[tuple[str, str, str]], mark: DecimalMark
) -> list[tuple[Decimal | None, str | None, int | None]]:
    """Return value, word and moment that the engine makes of learner, score and date."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"create table {TEXTS} as select a as c0, 'x' as c1, b as c2, c as c3, true as is_whole from"
            " (select unnest(cast(? as varchar[])) a, unnest(cast(? as varchar[])) b,"
            " unnest(cast(? as varchar[])) c)",
            [list(each) for each in zip(*texts, strict=True)],
        )
        rows = connection.execute(
            f"select value, word, moment from ({compose_rows(COLUMNS, mark)})"
        ).fetchall()
        return [(value, word, moment) for value, word, moment in rows]


NUMBERS = st.one_of(
    st.from_regex(r"[-+]?[0-9]{0,8}[.,]?[0-9]{0,10}", fullmatch=True),
    st.text("0123456789.,-+eE_ \t\u0663\u00a0", max_size=9),
    st.decimals(-10_000_000, 10_000_000, allow_nan=False).map(str),
)


@pytest.mark.parametrize("mark", DecimalMark)
def test_a_number_that_is_taken_is_the_number_the_grammar_reads(mark: DecimalMark) -> None:
    taken = 0

    @settings(max_examples=MANY, phases=PHASES)
    @given(st.lists(NUMBERS, min_size=50, max_size=150))
    def check(numbers: list[str]) -> None:
        nonlocal taken
        for text, (value, word, _) in zip(
            numbers, read([("a", each, "") for each in numbers], mark), strict=True
        ):
            if value is None:
                assert word == text
            else:
                taken += 1
                assert word is None
                assert value == parse_number(text, mark)

    check()
    assert taken > 0


SEPARATORS = st.sampled_from(["T", " ", "t", "", "-"])
DIGITS = st.integers(0, 25).map("{:02}".format)
DATES = st.one_of(
    st.tuples(
        st.datetimes(),
        st.sampled_from(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"]),
    ).map(lambda pair: pair[0].strftime(pair[1])),
    st.tuples(
        st.datetimes().map(lambda each: each.strftime("%Y-%m-%d")),
        SEPARATORS,
        DIGITS,
        st.sampled_from([":00:00", ":59", ":60:00", ":30:60"]),
        st.sampled_from(["", "Z", "+02:00", "-11:30", "+24:00", "+02:60", " UTC", " +0200", ".5Z", "z"]),
    ).map("".join),
    st.dates().map(str),
)


@st.composite
def draw_damaged(draw: st.DrawFn) -> str:
    """Draw a date of which a few characters may be others."""
    text = list(draw(DATES))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text) - 1))
        text[at] = draw(st.sampled_from("0123456789 +-:.TZ/\t\u00a0\u0663"))
    return "".join(text)


def test_a_date_that_is_taken_is_the_moment_the_grammar_reads() -> None:
    taken: set[int] = set()

    @settings(max_examples=MANY * 2, phases=PHASES)
    @given(st.lists(draw_damaged(), min_size=50, max_size=150))
    def check(dates: list[str]) -> None:
        moments = read([("a", "1", each) for each in dates], DecimalMark.POINT)
        for text, (_, _, moment) in zip(dates, moments, strict=True):
            if moment is not None:
                taken.add(len(text))
                assert moment == parse_date(text), text

    check()
    assert len(taken) > 1
    assert taken <= {*PLAIN_FORMATS, 25}


def test_plain_dates_are_not_left_to_python() -> None:
    written = [
        "2026-03-01",
        "2026-03-01T10:30",
        "2026-03-01 10:30:00",
        "2026-03-01T10:30:00Z",
        "2024-02-29T23:59:59+05:30",
        "0001-01-01",
        "9999-12-31T23:59:59Z",
    ]
    for text, (_, _, moment) in zip(
        written, read([("a", "1", each) for each in written], DecimalMark.POINT), strict=True
    ):
        assert moment == parse_date(text)


@settings(max_examples=MANY)
@given(
    st.lists(
        st.one_of(st.text(max_size=6), st.from_regex(r"[A-Za-z0-9.,E+ ]{1,9}", fullmatch=True)), max_size=80
    )
)
def test_a_key_that_is_taken_folds_to_lower_case(keys: list[str]) -> None:
    texts = [each for each in keys if "\0" not in each]
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "create table long_rows as select unnest(cast(? as varchar[])) as learner", [texts]
        )
        for text, _, plain in connection.execute(compose_keys()).fetchall():
            if plain:
                assert is_key(text)
                assert text.strip() == text
                assert fold_name(text) == text.lower()
