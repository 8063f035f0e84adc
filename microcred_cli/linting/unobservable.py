"""Texts that begin with what goes on in a head."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from microcred_cli.linting.wording import WORD
from microcred_cli.linting.words import WordLists

# How many words a verb and the state it shows may have, with what stands between them.
_LONGEST_VERB = 8
_NEXT_SENTENCE = re.compile(r"[.;!]\s+(\w+)")


def find_verb(text: str, words: WordLists) -> tuple[int, int] | None:
    """Return where the verb stands that the text begins with, unless the text says how it shows."""
    found = WORD.finditer(text)
    matches = list(islice(found, 1))
    while matches and _may_begin(matches[0][0].casefold(), words):
        matches += islice(found, _LONGEST_VERB - len(matches))
        tokens = [match[0].casefold() for match in matches]
        verb, state = _measure_verb(tokens, words), _measure_state(tokens, words)
        if verb or state:
            start, end = matches[0].start(), matches[max(verb, state) - 1].end()
            signs = words.signs | words.state_signs if state else words.signs
            return None if _says_how(text[end:], signs, words) else (start, end)
        matches = matches[1:]
    return None


def _may_begin(token: str, words: WordLists) -> bool:
    """Return whether a verb nobody can observe may begin with the token, or come after it."""
    return (
        token in words.openings
        or token in words.hidden
        or token in words.shows
        or token.endswith(words.opening_end)
    )


def _measure_verb(tokens: Sequence[str], words: WordLists) -> int:
    """Return of how many words the verb is that the tokens begin with; 0 when it is none to be found."""
    if tokens[0] in words.hidden_or_things and words.objects.isdisjoint(tokens[1:2]):
        return 0
    phrases = words.hidden.get(tokens[0], ())
    size = max((len(verb) for verb in phrases if tuple(tokens[: len(verb)]) == verb), default=0)
    return size if words.nothing.isdisjoint(tokens[size : size + 1]) else 0


def _measure_state(tokens: Sequence[str], words: WordLists) -> int:
    """Return of how many words it is when the tokens begin with a state of mind that is shown; 0 if not."""
    if tokens[0] in words.shows:
        for index, token in enumerate(tokens[1:], 1):
            if token in words.states and words.state_ends.issuperset(tokens[index + 1 : index + 2]):
                return index + 1
            if token in words.partings:
                break
    return 0


def _says_how(rest: str, signs: frozenset[str], words: WordLists) -> bool:
    """Return whether what follows the verb says how it shows."""
    if ":" in rest or "(" in rest:
        return True
    tokens = [match[0].casefold() for match in WORD.finditer(rest)]
    begins = {token for before, token in pairwise(tokens) if before in words.joiners}
    begins.update(match[1].casefold() for match in _NEXT_SENTENCE.finditer(rest))
    return not (
        signs.isdisjoint(tokens) and words.acts.isdisjoint(tokens) and words.acts_or_things.isdisjoint(begins)
    )
