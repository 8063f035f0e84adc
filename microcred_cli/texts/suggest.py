"""Did you mean."""

from collections.abc import Iterable
from itertools import islice

# More names than these are neither compared nor listed: a file may hold thousands.
_COMPARED = 200
_LISTED = 8


def suggest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like the given one, or None when none is close."""
    # difflib costs 20 ms at start-up, and most runs have nothing to suggest.
    from difflib import get_close_matches  # noqa: PLC0415 - see above

    folded: dict[str, str] = {}
    for candidate in islice(known, _COMPARED):
        folded.setdefault(candidate.casefold(), candidate)
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def advise_name(name: str, known: Iterable[str]) -> str:
    """Return a line of help for an unknown name: a suggestion, or what there is to choose from."""
    candidates = list(known)
    suggestion = suggest_name(name, candidates)
    if suggestion is not None:
        return f"did you mean `{suggestion}`?"
    if not candidates:
        return "there is nothing to choose from"
    shown = ", ".join(f"`{candidate}`" for candidate in candidates[:_LISTED])
    return f"known here: {shown}{', …' if len(candidates) > _LISTED else ''}"
