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

from collections.abc import Iterator

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
        verbs = None if words.joiners.isdisjoint(tokens) else _find_verbs(WORD.findall(title.folded), words)
        if verbs is not None:
            message = f"this criterion asks for two things: `{verbs[0]}` and `{verbs[1]}`"
            advice = "make two criteria of it, so that each has a level of its own"
            yield Finding(RULE.slug, message, title.node.span, advice)


def _find_verbs(tokens: list[str], words: WordLists) -> tuple[str, str] | None:
    """Return the two verbs that a title is made of, each with an object of its own; None if it is not."""
    acts = words.acts | words.acts_or_things | words.orders
    if tokens[:1] == [] or tokens[0] not in acts or not words.references.isdisjoint(tokens):
        return None
    verbs = words.acts if words.is_of_learner(tokens[0]) else words.orders
    for index, token in enumerate(tokens):
        if token in words.joiners:
            second = index + 1
            while second < len(tokens) and tokens[second].endswith(words.opening_end):
                second += 1
            has_object = not acts.issuperset(tokens[1:index])
            if has_object and second < len(tokens) - 1 and tokens[second] in verbs:
                return tokens[0], tokens[second]
    return None
