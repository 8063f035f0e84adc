"""A reason for a change, line by line."""

from collections.abc import Iterator

from microcred_cli.model.comparison import Reason


def write_reason(reason: Reason) -> Iterator[str]:
    """Yield the reason, and on a line of their own the cells it speaks of; not made safe."""
    yield reason.text
    places = [str(place) for place in (reason.before, reason.after) if place is not None]
    if places:
        yield f"  [{' → '.join(dict.fromkeys(places))}]"
