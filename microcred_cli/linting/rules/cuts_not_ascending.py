"""The cuts of an evidence item rise from level to level.

## What it is

`cuts` says from which share of the points possible each level is reached. In the order of `levels`, each
cut has to be higher than the one before. The order in which they stand under `cuts` makes no difference.

## Why it matters

If the cut of a higher level is not higher, the level below it can never be reached: a learner would jump
over it, or be given a level that the work does not show.

## A bad example

    cuts: {developing: 50%, proficient: 90%, exemplary: 70%}

## A good example

    cuts: {developing: 50%, proficient: 70%, exemplary: 90%}
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Route, Severity
from microcred_cli.model.fix import Edit, Fix

RULE = Rule("MC302", "cuts-not-ascending", Severity.ERROR, "Cuts must rise from level to level.")

# Beyond so many, the order is the least that is wrong.
_MOST = 50


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every cut that is not higher than that of the level below."""
    order = [level.id for level in subject.rubric.levels]
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        for place, item in enumerate(subcompetency.evidence):
            if not item.cuts:
                continue
            route = ("subcompetencies", number, "evidence", place, "cuts")
            cuts = [(level, item.cuts[level]) for level in order if level in item.cuts]
            for (lower, floor), (level, cut) in pairwise(cuts):
                if cut <= floor:
                    message = f"the cut of `{level}`, {cut}%, is not above that of `{lower}`, {floor}%"
                    advice = "give each higher level a higher cut"
                    fix = _sort(subject, route, [name for name, _ in cuts], [share for _, share in cuts])
                    yield Finding(RULE.slug, message, subject.value(*route, level), advice, fix)


def _sort(subject: Subject, route: Route, levels: Sequence[str], cuts: Sequence[Decimal]) -> Fix | None:
    """Return the fix that gives each level its place among the cuts; it is not safe, as one may be wrong."""
    if len(set(cuts)) < len(cuts) or len(cuts) > _MOST:
        return None
    text = subject.document.text
    spans = [subject.value(*route, level) for level in levels]
    written = [text[span.start : span.end] for span in spans]
    order = sorted(range(len(cuts)), key=cuts.__getitem__)
    moves = [(spans[place], written[source]) for place, source in enumerate(order) if place != source]
    if any(old[:1] in {"|", ">"} for _, old in moves):
        return None
    return Fix("give the higher levels the higher cuts", tuple(Edit(*move) for move in moves), safe=False)
