"""Descriptors that only name a level, by its title or in other words."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from microcred_cli.linting.wording import Kind, Wording
from microcred_cli.linting.words import WordLists
from microcred_cli.texts.safe import shorten

# No name is longer; what is, says something.
_LONGEST = 60


@lru_cache(maxsize=1)
def find_level_names(wording: Wording, words: WordLists | None) -> frozenset[str]:
    """Return the titles of the levels, and the descriptors that say as little, all folded.

    Without ``words`` they are the titles alone.
    """
    names = {level.folded for level in wording.levels}
    if words is not None:
        hints = wording.words & words.level_hints
        pattern, kind = _compile(words.level_phrases), Kind.DESCRIPTOR
        for passage in wording.find_passages(hints):
            if len(passage.folded) <= _LONGEST and passage.kind is kind and pattern.fullmatch(passage.folded):
                names.add(passage.folded)
    return frozenset(names)


def says_nothing_is_there(folded: str, words: WordLists) -> bool:
    """Return whether a text says that there is nothing to mark, of which there is no more to say."""
    return _compile(words.absences).fullmatch(folded) is not None


def join_names(levels: Sequence[str]) -> str:
    """Return the ids of levels, one at least, as a message lists them."""
    *others, last = [f"`{level}`" for level in levels]
    return f"{shorten(', '.join(others), 120)} and {last}" if others else last


@cache
def _compile(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
