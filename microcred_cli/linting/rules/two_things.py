"""A criterion should ask for one thing.

## What it is

The title of a criterion joins two doings by *and*: "Sets goals and gives feedback". Two that have one
object ("reads and writes reports", "makes a plan and keeps to it") and lists of things are left alone. Only
in English rubrics.

## Why it matters

Learners who do the one well and the other not get a level that is true of neither, and their report cannot
say which of the two to work on.

## A bad example

    criteria:
      - id: goals-and-feedback
        title: Sets goals and gives feedback

## A good example

    criteria:
      - id: goals
        title: Sets goals
      - id: feedback
        title: Gives feedback
"""

import re
from collections.abc import Iterator
from functools import cache

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import WORD, read_wording
from microcred_cli.linting.words import WordLists, load_words
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC407", "two-things", Severity.INFO, "A criterion should ask for one thing.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every title of a criterion that asks for two things."""
    words = load_words(subject.rubric.language)
    if words is None:
        return
    wording = read_wording(subject)
    if wording.words.isdisjoint(words.joiners):
        return
    for criterion in wording.list_criteria():
        title = criterion.title
        tokens = title.folded.split()
        verbs = None if words.joiners.isdisjoint(tokens) else _find_verbs(title.folded, words)
        if verbs is not None:
            message = f"this criterion asks for two things: `{verbs[0]}` and `{verbs[1]}`"
            advice = "make two criteria of it, so that each has a level of its own"
            yield Finding(RULE.slug, message, title.node.span, advice)


def _find_verbs(folded: str, words: WordLists) -> tuple[str, str] | None:
    """Return the two verbs that a title is made of, each with an object of its own; None if it is not."""
    matches = list(WORD.finditer(folded))
    tokens = [match[0] for match in matches]
    acts = _join_acts(words)
    first = tokens[0] if tokens else ""
    is_act = first in acts or (first,) in words.hidden.get(first, ())
    if not is_act or not words.references.isdisjoint(tokens):
        return None
    for index, token in enumerate(tokens):
        if token in words.joiners:
            second = index + 1
            while second < len(tokens) and tokens[second].endswith(words.opening_end):
                second += 1
            # `Plans, writes and presents` is a list, `plans experiments and reports` has an object.
            is_list = acts.issuperset(tokens[1:index]) and "," in folded[: matches[index].start()]
            has_object = index > 1 and not is_list
            if has_object and second < len(tokens) - 1 and _is_act(matches[second:], first, words):
                return first, tokens[second]
    return None


@cache
def _join_acts(words: WordLists) -> frozenset[str]:
    return words.acts | words.acts_or_things | words.orders


def _is_act(matches: list[re.Match[str]], first: str, words: WordLists) -> bool:
    """Return whether what begins there is a verb in the form of the first, and has an object."""
    tokens = [match[0] for match in matches[:3]]
    of_learner = words.is_of_learner(first)
    if tokens[0] in (words.acts if of_learner else words.orders):
        return True
    if not of_learner or tokens[0] not in words.acts_or_things or not words.is_of_learner(tokens[0]):
        return False
    if matches[1].start() - matches[0].end() != 1:  # a sign parts them
        return False
    thing, after = tokens[1], "".join(tokens[2:])
    is_thing = words.is_of_learner(thing) and thing not in words.no_things
    ends = not after or after.endswith(words.opening_end) or after in words.behind_things
    return thing in words.articles or (is_thing and ends)
