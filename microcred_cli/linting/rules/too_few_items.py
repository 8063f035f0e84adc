"""Where an item gives one score, there should be as many items as scores are needed.

## What it is

With `attempts: latest` or `attempts: best`, and under `compatibility: canvas`, one attempt at each item
counts. This rule points out a decision that needs more scores than there are items: by `at_least`, by the `n`
of `n-mastery` or `drop-lowest`, or because `power-law` needs three. It keeps silent where `at_least` asks for
several raters or sources, because each of them may give a score.

## Why it matters

Unless several people score the same attempt, the decision would be "insufficient evidence" for every learner,
however often they try.

## A bad example

    evidence:
      - item: Plan
      - item: Report
    decide: {by: n-mastery, n: 3, attempts: latest}

## A good example

    evidence:
      - item: Plan
      - item: Report
      - item: Talk
    decide: {by: n-mastery, n: 3, attempts: latest}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.rubric import Attempts

RULE = Rule("MC311", "too-few-items", Severity.WARNING, "There should be as many items as scores are needed.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every decision that needs more scores than its items give."""
    canvas = subject.rubric.compatibility is not None
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        choice = subcompetency.decide
        if choice.attempts is Attempts.ALL and not canvas:
            continue
        items, needs = len(subcompetency.evidence), choice.at_least
        # Raters and sources may each give a score; more items than there are is an error of another rule.
        if needs.raters > 1 or len(needs.sources) > 1 or needs.items > items:
            continue
        fewest = max(choice.fewest, *needs.sources.values(), 0)
        if fewest <= items:
            continue
        message = f"{fewest} scores are needed, and {_count(items)} one attempt each"
        route = ("subcompetencies", number, "decide")
        span = subject.value(*route, "by")
        yield Finding(
            RULE.slug, message, span, "list more items, ask for fewer scores, or let all attempts count"
        )


def _count(items: int) -> str:
    return "1 item gives" if items == 1 else f"{items} items give"
