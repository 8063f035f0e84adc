"""Levels of a criterion that are told apart by nothing but words of degree."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from microcred_cli.linting.level_names import find_level_names
from microcred_cli.linting.wording import CriterionWording, Kind, Wording
from microcred_cli.linting.words import WordLists

# Without signs that make a number another one.
_PUNCTUATION = ".,;:!?…()[]\"'“”"

Words = tuple[str, ...]


class Alike(NamedTuple):
    """Levels of a criterion that are described alike, by the words of degree that tell them apart."""

    criterion: CriterionWording
    levels: dict[Words, str]


@lru_cache(maxsize=1)
def find_alike(wording: Wording, words: WordLists) -> tuple[Alike, ...]:
    """Return the levels that only words of degree tell apart, those of each criterion together."""
    found = wording.words & words.degree
    graded = {id(each) for each in wording.find_passages(found) if each.kind is Kind.DESCRIPTOR}
    if not graded:
        return ()
    names = find_level_names(wording, words)  # of which another rule speaks
    alike: list[Alike] = []
    for criterion in wording.list_criteria():
        passages = criterion.descriptors.values()
        if not graded.isdisjoint(map(id, passages)):
            texts = [each.folded for each in passages if id(each) in graded]
            if any(_may_be_alike(text, criterion, words) for text in texts):
                alike += [Alike(criterion, levels) for levels in _group_levels(criterion, names, words)]
    return tuple(alike)


def _may_be_alike(text: str, criterion: CriterionWording, words: WordLists) -> bool:
    """Return whether another descriptor has the longest word, if that one counts, as hardly any has."""
    longest = max(text.split(), key=len).strip(_PUNCTUATION)
    texts = [passage.folded for passage in criterion.descriptors.values()]
    counts = longest not in words.degree and longest not in words.fillers
    return not counts or sum([longest in each for each in texts]) > 1


def _group_levels(
    criterion: CriterionWording, names: frozenset[str], words: WordLists
) -> Iterator[dict[Words, str]]:
    """Yield the levels that are described alike but for words of degree, by these words."""
    groups: dict[Words, dict[Words, str]] = {}
    for level, passage in criterion.descriptors.items():
        if passage.folded not in names:
            rest, degrees = _divide(passage.folded, words)
            groups.setdefault(rest, {}).setdefault(degrees, level)
    for group in groups.values():
        # `Correct` is told apart from `mostly correct` by looking, from `very correct` it is not.
        if words.partial.issuperset(chain.from_iterable(group)):
            group.pop((), None)
        if len(group) > 1:
            yield group


def _divide(folded: str, words: WordLists) -> tuple[Words, Words]:
    """Return what is left of a text without its words of degree, and these."""
    tokens = [word.strip(_PUNCTUATION) for word in folded.split()]
    rest, degrees = [], []
    for before, token, after in zip(["", *tokens[:-1]], tokens, [*tokens[1:], ""], strict=True):
        approximate = before in words.approximations and token in words.nothing
        if approximate or (token in words.degree and (token, after) not in words.kinds):
            degrees.append(token)
        elif token in words.joiners and {before, after} <= words.degree:
            continue
        elif token not in words.fillers:
            rest.append(token)
    return tuple(rest), tuple(degrees)
