"""Did you mean."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

# More names than these are neither compared nor listed: a file may hold thousands.
_COMPARED = 200
_LISTED = 8
# From here on a name is like enough to be named, and to be written in the place of another.
_LIKE = 0.6
_ALIKE = 0.75
_SEPARATORS = re.compile(r"[\s_-]+")


class Replacement(NamedTuple):
    """A name to write for an unknown one; ``same``: they differ only in case and in what parts words."""

    name: str
    same: bool


def fold_spelling(name: str) -> str:
    """Return what is left of a name without case, spaces, hyphens and underscores."""
    return _SEPARATORS.sub("", name).casefold()


def suggest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like the given one, or None when none is close."""
    candidates = list(islice(known, _COMPARED))
    same = _list_same(name, candidates)
    if same:
        return same[0]
    # difflib costs 20 ms at start-up, and most runs have nothing to suggest.
    from difflib import get_close_matches  # noqa: PLC0415 - see above

    folded = _fold(candidates)
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=_LIKE)
    return folded[close[0]] if close else None


def find_replacement(name: str, known: Iterable[str]) -> Replacement | None:
    """Return the one known name that must be meant, or most likely is; None where it could be another."""
    candidates = list(islice(known, _COMPARED))
    same = _list_same(name, candidates)
    if same:
        return Replacement(same[0], same=True) if len(same) == 1 else None
    from difflib import SequenceMatcher  # noqa: PLC0415 - as above

    folded = _fold(candidates)
    matcher = SequenceMatcher(b=name.casefold())
    scores: list[tuple[float, str]] = []
    for each in folded:
        matcher.set_seq1(each)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            scores.append((matcher.ratio(), each))
    best, *others = sorted(scores, reverse=True) or [(0.0, "")]
    if best[0] < _ALIKE or any(score == best[0] for score, _ in others):
        return None
    return Replacement(folded[best[1]], same=False)


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


def _list_same(name: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates that are spelled as the name is, but for case and what parts words."""
    spelling = fold_spelling(name)
    same = dict.fromkeys(each for each in candidates if fold_spelling(each) == spelling)
    return list(same) if spelling else []


def _fold(candidates: Iterable[str]) -> dict[str, str]:
    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(candidate.casefold(), candidate)
    return folded
