"""Points in time as credentials carry them: RFC 3339 with a zone, which is XML Schema's dateTimeStamp."""

import re
from datetime import UTC, datetime, timedelta, timezone

_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,9})?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))",
    re.ASCII,
)


def parse_timestamp(text: object) -> datetime | None:
    """Return the moment, in UTC, or None when this is no text, lacks its zone, or names no real moment."""
    match = _TIMESTAMP.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    zone = timedelta(hours=int(match[9] or 0), minutes=int(match[10] or 0))
    microseconds = int(f"{match[7] or '.'}000000"[1:7])
    try:
        offset = timezone(-zone if match[8] == "-" else zone)
        year, month, day, hour, minute, second = (int(match[group]) for group in range(1, 7))
        return datetime(year, month, day, hour, minute, second, microseconds, offset).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def write_timestamp(moment: datetime) -> str:
    """Return a moment with a zone to the whole second, in UTC: JWTs know no fractions."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
