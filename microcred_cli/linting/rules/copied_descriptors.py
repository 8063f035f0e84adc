"""Two criteria must not have the same descriptors.

## What it is

All descriptors of a criterion, two at least, are those of another criterion of the rubric, or a whole
sub-competency stands there again under another id. Case, spaces and the point at the end make no difference.
Nothing is found where descriptors only name a level or are all of three words at most, or where three
criteria or more, and most of all, share theirs: then they are a scale that is meant for all.

## Why it matters

Most likely the cells were copied to be reworded, and never were: work would be marked twice by the same
words, and learners would read of one criterion what was written for another.

## A bad example

    criteria:
      - id: takes-in
        title: Takes in what others say
        descriptors: {developing: Repeats what was said., proficient: Sums it up before answering.}
      - id: asks
        title: Asks back
        descriptors: {developing: Repeats what was said., proficient: Sums it up before answering.}

## A good example

    criteria:
      - id: takes-in
        title: Takes in what others say
        descriptors: {developing: Repeats what was said., proficient: Sums it up before answering.}
      - id: asks
        title: Asks back
        descriptors: {developing: Asks for details., proficient: Asks for the reasons behind it.}
"""

from collections.abc import Iterator, Sequence

from microcred_cli.linting.level_names import find_level_names
from microcred_cli.linting.placeholders import find_placeholders
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import CriterionWording, Passage, Wording, read_wording
from microcred_cli.linting.words import load_words
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule(
    "MC413", "copied-descriptors", Severity.WARNING, "Two criteria should not have the same descriptors."
)

_FEWEST = 2
# A scale such as `With help` and `On their own` is no slip of the hand.
_MOST_WORDS = 3
_LONGEST_WORD = 20


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every sub-competency, or else every criterion, that repeats an earlier one."""
    wording = read_wording(subject)
    texts = [_read_texts(each) for each in wording.list_criteria() if len(each.descriptors) >= _FEWEST]
    if len(set(texts)) == len(texts):
        return
    copied = _find_copied(wording, subject.rubric.language)
    for title, criteria in zip(wording.subcompetencies, wording.criteria, strict=True):
        pairs = [(each, copied[id(each)]) for each in criteria if id(each) in copied]
        first = _find_whole(wording, pairs) if len(pairs) == len(criteria) else None
        if first is not None:
            message = f"this sub-competency has the criteria of `{_name(first)}` once more"
            advice = "say what is looked for in this one, or delete it"
            yield Finding(RULE.slug, message, title.node.span, advice)
            continue
        for each, other in pairs:
            key = each.key or title.node
            message = f"`{_name(each.title)}` has the same descriptors as `{_name(other.title)}`"
            yield Finding(RULE.slug, message, key.span, "say what one sees of this criterion at each level")


def _read_texts(criterion: CriterionWording) -> tuple[str, ...]:
    return tuple([passage.folded for passage in criterion.descriptors.values()])


def _find_copied(wording: Wording, language: str) -> dict[int, CriterionWording]:
    """Return, by the identity of each criterion that repeats one, the first that has its descriptors."""
    words = load_words(language)
    placeholders = find_placeholders(wording, words)
    empty = find_level_names(wording, words).union(passage.folded for passage, _, _ in placeholders)
    alike: dict[tuple[str, ...], list[CriterionWording]] = {}
    for criterion in wording.list_criteria():
        alike.setdefault(_read_texts(criterion), []).append(criterion)
    whole = sum(map(len, alike.values()))
    return {
        id(other): first
        for texts, (first, *others) in alike.items()
        if others and not _is_scale(len(others) + 1, whole) and _says_enough(set(texts) - empty)
        for other in others
    }


def _is_scale(sharing: int, whole: int) -> bool:
    """Return whether so many criteria share their descriptors that they must be meant for all."""
    return sharing > _FEWEST and sharing * 2 > whole


def _says_enough(texts: set[str]) -> bool:
    """Return whether the texts are about something, and no scale that would go with anything."""
    long = (
        len(text.split()) > _MOST_WORDS or (" " not in text and len(text) > _LONGEST_WORD) for text in texts
    )
    return len(texts) >= _FEWEST and any(long)


def _find_whole(
    wording: Wording, pairs: Sequence[tuple[CriterionWording, CriterionWording]]
) -> Passage | None:
    """Return the title of the sub-competency all of whose criteria, titles included, are repeated."""
    if not pairs or any(each.title.folded != first.title.folded for each, first in pairs):
        return None
    firsts = [id(first) for _, first in pairs]
    for title, criteria in zip(wording.subcompetencies, wording.criteria, strict=True):
        if firsts == [id(each) for each in criteria]:
            return title
    return None


def _name(title: Passage) -> str:
    return shorten(" ".join(title.node.text.split()))
