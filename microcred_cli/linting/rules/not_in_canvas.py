"""What Canvas has no equal for does not stand in a rubric that is to decide as Canvas does.

## What it is

`compatibility: canvas` asks for the decisions of Canvas's Learning Mastery Gradebook. This rule finds what
Canvas cannot do: a method it does not have, `weight` in an average, `cuts`, `grades`, a `precision` other
than 2, an `at_least` of more than one score (under `n-mastery`, of more than its `n`), `within`, late work
that does not fully count, and `attempts`, because Canvas always takes the newest score of an item.

## Why it matters

The same sub-competency could be shown here and not in Canvas, or the other way round, although the rubric
says that the two agree.

## A bad example

    compatibility: canvas
    subcompetencies:
      - id: listens
        ...
        decide: {by: median, within: 2 years}

## A good example

    compatibility: canvas
    subcompetencies:
      - id: listens
        ...
        decide: {by: decaying-average}
"""

from collections.abc import Iterator
from decimal import Decimal

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Route, Severity
from microcred_cli.model.method import SPECIFICATIONS, Method
from microcred_cli.model.place import Span
from microcred_cli.model.rubric import Compatibility, EvidenceItem, Lateness, MethodChoice, Needs

RULE = Rule("MC306", "not-in-canvas", Severity.ERROR, "A rubric for Canvas must keep to what Canvas does.")

_PRECISION = 2


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for everything that Canvas has no equal for, in a rubric that is to be like it."""
    rubric = subject.rubric
    if rubric.compatibility is not Compatibility.CANVAS:
        return
    if rubric.precision != _PRECISION:
        message = f"Canvas rounds to {_PRECISION} decimals"
        yield _describe(message, subject.value("precision"), f"write {_PRECISION}, or delete `precision`")
    for number, subcompetency in enumerate(rubric.subcompetencies):
        at: Route = ("subcompetencies", number)
        choice = subcompetency.decide
        for place, item in enumerate(subcompetency.evidence):
            for key, message in _list_of_item(item, choice.by):
                yield _describe(message, subject.key(*at, "evidence", place, key))
        if not SPECIFICATIONS[choice.by].in_canvas:
            known = ", ".join(method for method, each in SPECIFICATIONS.items() if each.in_canvas)
            span = subject.value(*at, "decide", "by")
            yield _describe(f"Canvas has no method `{choice.by}`", span, f"Canvas has {known}")
        for key, message in _list_of_choice(choice):
            yield _describe(message, subject.key(*at, "decide", key))
        if subject.has(*at, "decide", "attempts"):
            message = "Canvas always takes the newest score of an item"
            yield _describe(message, subject.key(*at, "decide", "attempts"))


def _describe(message: str, span: Span, advice: str = "delete it, or `compatibility: canvas`") -> Finding:
    return Finding(RULE.slug, message, span, advice)


def _list_of_item(item: EvidenceItem, method: Method) -> Iterator[tuple[str, str]]:
    """Yield the keys of an evidence item that Canvas has no equal for, with why."""
    if item.cuts:
        yield "cuts", "Canvas knows no cuts, only shares of the points possible"
    if item.grades:
        yield "grades", "Canvas knows no words for levels, only points"
    # Elsewhere a weight has no effect, which another rule says.
    if item.weight not in (None, Decimal(1)) and SPECIFICATIONS[method].weights_count:
        yield "weight", "Canvas gives every score the same weight"


def _list_of_choice(choice: MethodChoice) -> Iterator[tuple[str, str]]:
    """Yield the keys of a decision that Canvas has no equal for, with why."""
    needs = choice.at_least
    enough = choice.n if choice.by is Method.N_MASTERY and choice.n is not None else 1
    if needs != Needs(pieces=needs.pieces):
        yield "at_least", "Canvas asks for scores only, not for items, raters or sources"
    elif needs.pieces > enough:
        yield "at_least", f"Canvas decides from {'one score' if enough == 1 else f'{enough} scores'} on"
    if choice.within is not None:
        yield "within", "Canvas counts scores of any age"
    if choice.late != Lateness():
        yield "late", "Canvas counts late work like any other"
