"""Times in words."""

import re

_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})(?::[0-9.]+)?(?:Z|\+00:00)", re.ASCII)


def write_instant(text: str) -> str:
    """Return an ISO 8601 instant of UTC to the minute; any other text as it is."""
    match = _INSTANT.fullmatch(text)
    return f"{match[1]}, {match[2]} UTC" if match else text
