"""An award must not ask for more than there is.

## What it is

`{at_least: n, of: [...]}` is met when `n` of the parts in the list are met; without `of`, `n` of all
sub-competencies. `{points: n, of: {...}}` is met when the shown ones give `n` points. This rule finds an `n`
that is more than all of them together give. Where the award names a `source`, it also finds a sub-competency
of which no evidence item, or too few for `at_least: {items: ...}`, may have that source.

## Why it matters

Nobody could ever earn the badge, however good the work is. Often a sub-competency was taken out and the
number was forgotten.

## A bad example

    award: {at_least: 3, of: [listens, gives-feedback]}

## A good example

    award: {at_least: 2, of: [listens, gives-feedback]}
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from microcred_cli.linting.award_lists import AwardList, read_award_lists
from microcred_cli.linting.evidence_items import count_items
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.rubric import SubCompetency
from microcred_cli.texts.nodes import Scalar

RULE = Rule("MC205", "unreachable-award", Severity.ERROR, "An award must not ask for more than there is.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every number that its parts cannot meet, and every source that cannot decide."""
    subcompetencies = {each.id: each for each in subject.rubric.subcompetencies}
    judged: set[str] = set()
    for each in read_award_lists(subject.document):
        yield from _check_count(each, len(subcompetencies))
        # Of the lists that mean all sub-competencies by one source, the first says enough.
        if each.source is None or (each.total is None and each.source.text in judged):
            continue
        if each.total is None:
            judged.add(each.source.text)
        yield from _check_source(each, each.source, subcompetencies)


def _check_count(each: AwardList, everything: int) -> Iterator[Finding]:
    total = everything if each.total is None else each.total
    needed = None if each.needed is None else each.needed.value
    if each.needed is None or not isinstance(needed, Decimal) or needed <= total:
        return
    if each.in_points:
        message = f"{int(needed)} points are asked for, but all parts together give only {total}"
        advice = (
            f"ask for {total} or fewer, or let a part give more" if total else "let the parts give points"
        )
    else:
        message = (
            f"at least {int(needed)} are asked for, but there {'is' if total == 1 else 'are'} only {total}"
        )
        advice = f"ask for {total} or fewer, or add what is missing"
    yield Finding(RULE.slug, message, each.needed.span, advice)


def _check_source(
    each: AwardList, source: Scalar, subcompetencies: Mapping[str, SubCompetency]
) -> Iterator[Finding]:
    """Yield a finding for every sub-competency of a list that the scores of the source cannot decide."""
    named = [(name.text, name.span) for name in each.names]
    for name, span in ((name, source.span) for name in subcompetencies) if each.total is None else named:
        subcompetency = subcompetencies.get(name)
        if subcompetency is None:
            continue
        items, needed = count_items(subcompetency, source.text), subcompetency.decide.at_least.items
        if items < needed:
            message = (
                f"`{name}` needs {needed} items, and {items} may have the source `{source.text}`"
                if items
                else f"no evidence of `{name}` may have the source `{source.text}`"
            )
            yield Finding(RULE.slug, message, span, "list evidence of that source, or ask for no source")
