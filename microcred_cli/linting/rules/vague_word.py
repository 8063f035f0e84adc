"""A descriptor should say what one sees, not only that it is good.

## What it is

A descriptor has a word of praise or blame such as *good*, *appropriate*, *effective*, *adequate* or *poor*.
Nothing is found where the text says by what one would tell ("appropriate for the audience", "justifies
...", a colon, a number), where the word is quoted, where it is part of a term ("good practice", "in good
order") or a name, or where what is poor is what the learner finds ("spots inappropriate sources"). Only in
English rubrics, only the first such word of a descriptor, and not where `difference-of-degree` or
`unobservable-verb` has found it.

## Why it matters

Everybody agrees that it should be appropriate, and each marker means something else by it. The learner
who gets the descriptor in a report does not learn what was missing.

## A bad example

    descriptors:
      proficient: Gives appropriate feedback.

## A good example

    descriptors:
      proficient: Points to the place, says what it does to the reader, and suggests a next step.
"""

import re
from collections.abc import Iterator

from microcred_cli.linting.degrees import find_alike
from microcred_cli.linting.level_names import find_level_names
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.unobservable import find_verb
from microcred_cli.linting.word_places import find_place
from microcred_cli.linting.wording import WORD, Kind, Wording, read_wording
from microcred_cli.linting.words import WordLists, load_words
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC405", "vague-word", Severity.INFO, "A descriptor should say by what one would tell.")

# What is in quotes is spoken of; a colon, a bracket or a number says more than the word.
_TOLD = re.compile(r"[\"“”„«»():0-9]|\be\.g\.|\bi\.e\.")
_SENTENCE_ENDS = ".!?;…*•–—-"
_SMALL_WORD = re.compile(r"\b[a-z]{4}")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for the first vague word of every descriptor that leaves it at that."""
    words = load_words(subject.rubric.language)
    if words is None:
        return
    wording = read_wording(subject)
    found = wording.words & words.vague
    if not found:
        return
    names = find_level_names(wording, words)
    spoken_of = _list_spoken_of(wording, words)
    for passage in wording.find_passages(found):
        if passage.kind is Kind.DESCRIPTOR and passage.folded not in names and id(passage) not in spoken_of:
            match = _find_word(passage.node.text, words)
            if match is not None:
                place = find_place(subject.document, passage.node, *match.span())
                message = f"`{match[0]}` does not say by what one would tell"
                yield Finding(RULE.slug, message, place, "say what one sees in the work")


def _list_spoken_of(wording: Wording, words: WordLists) -> frozenset[int]:
    """Return the identities of the descriptors of which another rule says that they differ by degree."""
    alike = find_alike(wording, words)
    return frozenset(
        id(each.criterion.descriptors[level]) for each in alike for level in each.levels.values()
    )


def _find_word(text: str, words: WordLists) -> re.Match[str] | None:
    """Return the first vague word, unless the text says what it means."""
    if _TOLD.search(text) is not None:
        return None
    matches = list(WORD.finditer(text))
    tokens = [match[0].casefold() for match in matches]
    if not words.reasons.isdisjoint(tokens):
        return None
    vague = [index for index, token in enumerate(tokens) if token in words.vague]
    _, end = (find_verb(text, words) if vague else None) or (0, 0)  # of which another rule speaks
    for index in vague:
        match = matches[index]
        if match.start() >= end and not _is_told(tokens, index, words) and not _is_name(match):
            return match
    return None


def _is_told(tokens: list[str], index: int, words: WordLists) -> bool:
    """Return whether what stands around the word says what it means."""
    before, after = tokens[:index], tokens[index + 1 :]
    pairs = (tuple(tokens[index - 1 : index + 1]), tuple(tokens[index : index + 2]))
    measure = before[-1] if before else ""
    return (
        not words.terms.isdisjoint(pairs)
        or not words.aims.isdisjoint(after[:1])
        or not words.clauses.isdisjoint(after)
        or (measure.endswith(words.measure_end) and measure not in words.degree)
        or (tokens[index] in words.blame and _is_looked_for(before, words))
    )


def _is_looked_for(before: list[str], words: WordLists) -> bool:
    """Return whether what stands before a word of blame says that the learner finds or mends what is bad."""
    said = words.copulas.isdisjoint(before) or not words.references.isdisjoint(before)
    return said and not words.finders.isdisjoint(before)


def _is_name(match: re.Match[str]) -> bool:
    """Return whether the word is part of a name, by its capitals: the city of Nice, NICE guidelines."""
    word, text = match[0], match.string
    if word.islower() or _SMALL_WORD.search(text) is None:  # all words have them in a title
        return False
    before = text[: match.start()].rstrip()
    return word.isupper() or (before != "" and before[-1] not in _SENTENCE_ENDS)
