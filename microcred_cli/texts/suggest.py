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
# What makes of a word its opposite, which is as like it as a misspelling is.
_NEGATIONS = ("in", "un", "non", "not", "dis", "im", "ir", "il", "no")


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
    close = get_close_matches(name.casefold(), folded, n=_LISTED, cutoff=_LIKE)
    return next((folded[each] for each in close if not _is_opposite(name, each)), None)


def find_replacement(name: str, known: Iterable[str], alike: float = _ALIKE) -> Replacement | None:
    """Return the one known name that must be meant, or most likely is; None where it could be another.

    ``alike`` is how like each other the two must be at least, from 0 to 1.
    """
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
        if matcher.real_quick_ratio() >= alike and matcher.quick_ratio() >= alike:
            scores.append((matcher.ratio(), each))
    scores = [each for each in scores if each[0] >= alike and not _is_opposite(name, each[1])]
    best, *others = sorted(scores, reverse=True) or [(0.0, "")]
    if not best[1] or any(score == best[0] for score, _ in others):
        return None
    return Replacement(folded[best[1]], same=False)


def advise_name(name: str, known: Iterable[str]) -> str:
    """Return a line of help for an unknown name: a suggestion, or what there is to choose from."""
    candidates = list(known)
    suggestion = suggest_name(name, candidates)
    if suggestion is not None:
        return f"did you mean `{suggestion}`?"
    return list_known(candidates)


def list_known(known: Iterable[str]) -> str:
    """Return a line of help with what there is to choose from."""
    candidates = list(known)
    if not candidates:
        return "there is nothing to choose from"
    shown = ", ".join(f"`{candidate}`" for candidate in candidates[:_LISTED])
    return f"known here: {shown}{', …' if len(candidates) > _LISTED else ''}"


def _list_same(name: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates that are spelled as the name is, but for case and what parts words."""
    spelling = fold_spelling(name)
    same = dict.fromkeys(each for each in candidates if fold_spelling(each) == spelling)
    return list(same) if spelling else []


def _is_opposite(name: str, other: str) -> bool:
    """Return whether one of two names is the other, or more like it, without a "not" before it."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - as above

    one, two = fold_spelling(name), fold_spelling(other)
    for short, long in ((one, two), (two, one)):
        for negation in _NEGATIONS:
            rest = long.removeprefix(negation)
            if rest and rest != long and not short.startswith(negation):
                with_it, without = (SequenceMatcher(None, each, short).ratio() for each in (long, rest))
                if without > with_it:
                    return True
    return False


def _fold(candidates: Iterable[str]) -> dict[str, str]:
    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(candidate.casefold(), candidate)
    return folded
