"""A descriptor has to say more than the title above it.

## What it is

A descriptor only names a level, by its title ("Proficient.") or in other words ("Meets expectations", "Very
good", which are known in English), or is only the title of its criterion. Nothing is found where it says
that there is nothing to mark ("No evidence"), and the level to reach may repeat the title of the criterion,
which then says what is wanted. There is one finding for a criterion.

## Why it matters

The reader of a report sees the title already and learns nothing from reading it again; the marker has
nothing to hold the work against.

## A bad example

    descriptors:
      developing: Approaching expectations.
      proficient: Proficient.

## A good example

    descriptors:
      developing: Repeats what was said when asked to.
      proficient: Sums up another's point before answering it.
"""

from collections.abc import Iterator

from microcred_cli.linting.level_names import find_level_names, join_names, says_nothing_is_there
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import CriterionWording, read_wording
from microcred_cli.linting.words import load_words
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.rubric import Rubric

RULE = Rule(
    "MC411", "descriptor-repeats-title", Severity.WARNING, "A descriptor should say more than a title does."
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every criterion with descriptors that are nothing but a title."""
    wording = read_wording(subject)
    names = find_level_names(wording, load_words(subject.rubric.language))
    for criterion in wording.list_criteria():
        texts = [passage.folded for passage in criterion.descriptors.values()]
        if criterion.title.folded in texts or not names.isdisjoint(texts):
            levels = _list_levels(criterion, names, subject.rubric)
            if levels:
                yield _describe(levels, criterion)


def _list_levels(criterion: CriterionWording, names: frozenset[str], rubric: Rubric) -> list[str]:
    """Return the levels whose descriptor is only a title."""
    words = load_words(rubric.language)
    worthless = {level.id for level in rubric.levels if not level.points}
    found = []
    for level, passage in criterion.descriptors.items():
        if passage.folded in names:
            # In languages whose words are not known, what is worth no points says that nothing is there.
            empty = level in worthless if words is None else says_nothing_is_there(passage.folded, words)
        else:
            empty = passage.folded != criterion.title.folded or level == rubric.shown_at
        if not empty:
            found.append(level)
    return found


def _describe(levels: list[str], criterion: CriterionWording) -> Finding:
    several = len(levels) > 1
    verb = "the descriptors of {} say" if several else "the descriptor of {} says"
    message = f"{verb.format(join_names(levels))} no more than a title does"
    advice = f"say what one sees in work of {'each' if several else 'this'} level"
    return Finding(RULE.slug, message, criterion.descriptors[levels[0]].node.span, advice)
