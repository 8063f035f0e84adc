"""Did you mean."""

from collections.abc import Iterable


def suggest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like the given one, or None when none is close."""
    # difflib costs 20 ms at start-up, and most runs have nothing to suggest.
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for candidate in known:
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
    shown = ", ".join(f"`{candidate}`" for candidate in candidates[:8])
    return f"known here: {shown}{', …' if len(candidates) > 8 else ''}"
