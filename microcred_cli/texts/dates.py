"""Dates as evidence carries them: RFC 3339, and the parts of it that exports write.

``datetime.fromisoformat`` takes week dates and other forms nobody means; this takes none of them.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

PLAIN_FORMATS = {10: "%Y-%m-%d", 16: "%Y-%m-%dT%H:%M", 19: "%Y-%m-%dT%H:%M:%S", 20: "%Y-%m-%dT%H:%M:%SZ"}
"""What other programs read as ``parse_date`` does, in texts of just that many bytes, without white space."""
FIRST_MOMENT, LAST_MOMENT = -62_135_596_800, 253_402_300_799
"""The years 1 to 9999 in UTC."""
ZONED = (
    "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    "[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]"
)
"""The pattern of moments with a zone that they read so too, if there is such a day at all."""
_DATE = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2}| [+-][0-9]{4}| UTC)?)?",
    re.ASCII,
)


@lru_cache(maxsize=65_536)  # an export says the same days thousands of times
def parse_date(text: str) -> int | None:
    """Return seconds since 1970, whole, or None when the text is no date.

    ``2026-03-01``, ``2026-03-01 10:30``, ``2026-03-01T10:30:00Z``, ``…+02:00``, ``… +0200``. A date without a
    time is its midnight; without a zone it is in UTC.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    zone = (match["zone"] or "Z").lstrip()
    offset = UTC
    try:
        if zone[0] in "+-":
            delta = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
            offset = timezone(delta if zone[0] == "+" else -delta)
        moment = datetime(
            int(match["year"]),
            int(match["month"]),
            int(match["day"]),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            int(match["second"] or 0),
            tzinfo=offset,
        )
        return int(moment.timestamp())
    except (ValueError, OverflowError):
        return None
