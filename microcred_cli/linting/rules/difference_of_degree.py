"""Levels should differ in what one sees, not only in how much or how often.

## What it is

Two levels of a criterion have the same descriptor but for words such as *usually*, *somewhat*, *partial*,
*thorough*, *most* or *excellent*. Numbers and words that leave no doubt, such as *all*, *no* and *never*, do
not count: "cites all sources" is told apart from "cites most sources" by looking, and so is "correct" from
"mostly correct". Neither do words that name a kind of thing, as in "weak acid" and "strong acid". Only in
English rubrics.

## Why it matters

What is *usually* to one marker is *often* to the next, so that the level depends on who marks. And a
learner who reads that the next level asks for the same, only *consistently*, has not been told what to do.

Some scales are frequencies on purpose. Then say how often, or suppress this.

## A bad example

    descriptors:
      developing: Sometimes gives useful feedback.
      proficient: Usually gives useful feedback.

## A good example

    descriptors:
      developing: Names what works and what does not.
      proficient: Points to the place and suggests a next step.
"""

from collections.abc import Iterator

from microcred_cli.linting.degrees import Alike, find_alike
from microcred_cli.linting.level_names import join_names
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import read_wording
from microcred_cli.linting.words import load_words
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule(
    "MC404", "difference-of-degree", Severity.INFO, "Levels should differ by more than how much or how often."
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every criterion with levels that only words of degree tell apart."""
    words = load_words(subject.rubric.language)
    if words is None:
        return
    for alike in find_alike(read_wording(subject), words):
        yield _describe(alike)


def _describe(alike: Alike) -> Finding:
    levels = tuple(alike.levels.values())
    differing = dict.fromkeys(word for degrees in alike.levels for word in degrees)
    listed = ", ".join(word for word in differing if not all(word in degrees for degrees in alike.levels))
    message = f"only words of degree ({shorten(listed)}) tell {join_names(levels)} apart"
    place = alike.criterion.descriptors[levels[1]].node.span
    return Finding(RULE.slug, message, place, "say what one sees at each level and not at the one before")
