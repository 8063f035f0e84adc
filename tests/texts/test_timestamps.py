from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.texts.durations import add_duration
from microcred_cli.texts.timestamps import parse_timestamp, write_timestamp


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-25T10:00:00Z", datetime(2026, 11, 25, 10, tzinfo=UTC)),
        ("2026-11-25T10:00:00+05:45", datetime(2026, 11, 25, 4, 15, tzinfo=UTC)),
        ("2026-11-25T10:00:00-03:30", datetime(2026, 11, 25, 13, 30, tzinfo=UTC)),
        ("2026-11-25T10:00:00.5Z", datetime(2026, 11, 25, 10, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-25T10:00:00.123456789Z", datetime(2026, 11, 25, 10, 0, 0, 123_456, tzinfo=UTC)),
        ("2024-02-29T23:59:59Z", datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_moments(text: str, moment: datetime) -> None:
    assert parse_timestamp(text) == moment


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-25",
        "2026-11-25T10:00:00",
        "2026-11-25 10:00:00Z",
        "2026-11-25T10:00Z",
        "2026-02-30T10:00:00Z",
        "2026-11-25T24:00:00Z",
        "2026-11-25T10:00:60Z",
        "2026-11-25T10:00:00+24:00",
        "2026-W48-3T10:00:00Z",
        "2026-11-25t10:00:00z",
        "2026-11-25T10:00:00Z\n",
        "٢026-11-25T10:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+10:00",
        "9999-12-31T23:59:59-10:00",
        "",
        None,
        7,
        ["2026-11-25T10:00:00Z"],
    ],
)
def test_what_names_no_moment(value: object) -> None:
    assert parse_timestamp(value) is None


@given(st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 30)), st.integers(-840, 840))  # noqa: DTZ001
def test_what_is_written_is_read(naive: datetime, minutes: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_timestamp(write_timestamp(moment)) == moment


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-11-25", "3 years", "2029-11-25"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2026-08-31", "1 month", "2026-09-30"),
        ("2026-12-31", "2 months", "2027-02-28"),
        ("2026-12-15", "12 months", "2027-12-15"),
        ("2026-11-25", "1 day", "2026-11-26"),
        ("2026-11-25", "90 days", "2027-02-23"),
        ("2026-11-25", "2 weeks", "2026-12-09"),
    ],
)
def test_durations_by_the_calendar(start: str, duration: str, end: str) -> None:
    moment = datetime.fromisoformat(f"{start}T07:08:09+00:00")
    assert add_duration(moment, duration) == datetime.fromisoformat(f"{end}T07:08:09+00:00")
