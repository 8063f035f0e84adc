"""What is to be marked must be something one can see or hear.

## What it is

A descriptor, or the title of a criterion without descriptors, begins with what goes on in a head:
*understands*, *knows*, *appreciates*, *is aware of*, *demonstrates an understanding of*. Nothing is found
where it also says how it shows ("understands the goal and restates it", "... by ..."), nor where it says
what is not known. There is one finding for a criterion, at the first of such descriptors. Only in English
rubrics.

## Why it matters

Nobody can see understanding; markers guess it from something, each from something else. Learners can be
asked to do something, and can show that they did.

## A bad example

    descriptors:
      proficient: Understands the team's goal.

## A good example

    descriptors:
      proficient: Restates the team's goal in their own words.
"""

from collections.abc import Iterator

from microcred_cli.linting.level_names import join_names
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.unobservable import find_verb
from microcred_cli.linting.word_places import find_place
from microcred_cli.linting.wording import CriterionWording, Passage, read_wording
from microcred_cli.linting.words import load_words
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC406", "unobservable-verb", Severity.INFO, "Criteria should ask for what one can see or hear.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every criterion with texts to mark by that begin with what nobody can observe."""
    words = load_words(subject.rubric.language)
    if words is None:
        return
    wording = read_wording(subject)
    places = {
        id(passage): place
        for passage in wording.find_passages(wording.words & words.hidden_hints)
        if (place := find_verb(passage.node.text, words)) is not None
    }
    if not places:
        return
    for criterion in wording.list_criteria():
        found = [(level, each) for level, each in _list_texts(criterion) if id(each) in places]
        if found:
            _, passage = found[0]
            place = places[id(passage)]
            verb = " ".join(passage.node.text[slice(*place)].split())
            others = [level for level, _ in found[1:]]
            noun = "level" if len(others) == 1 else "levels"
            also = f"; the same goes for the {noun} {join_names(others)}" if others else ""
            span = find_place(subject.document, passage.node, *place)
            message = f"`{verb}` cannot be seen or heard{also}"
            yield Finding(RULE.slug, message, span, "say what the learner does that shows it")


def _list_texts(criterion: CriterionWording) -> list[tuple[str, Passage]]:
    """Return what one marks by, with its level: where there are descriptors, they say how the title shows."""
    return list(criterion.descriptors.items()) or [("", criterion.title)]
