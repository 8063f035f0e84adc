"""A weight only counts in an average, and beside other items.

## What it is

`weight` on an evidence item says how much its scores count. Only the method `average` looks at it. This rule
points out a weight under any other method, and one other than 1 on the only item of a sub-competency.

## Why it matters

Whoever reads the rubric, learners too, believes that one assignment counts more than another, and it does
not.

## A bad example

    evidence:
      - item: Final report
        weight: 2
    decide: {by: highest}

## A good example

    evidence:
      - item: Final report
        weight: 2
      - item: Talk
    decide: {by: average}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.fix import Fix
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document

RULE = Rule("MC304", "weight-without-effect", Severity.WARNING, "A weight only counts in an average.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every weight that the method passes over, or that has nothing to count against."""
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        method = subcompetency.decide.by
        counts = SPECIFICATIONS[method].weights_count
        if counts and len(subcompetency.evidence) > 1:
            continue
        for place, item in enumerate(subcompetency.evidence):
            if item.weight is None or (counts and item.weight == 1):
                continue
            message, advice = f"the method `{method}` takes no notice of weights", "decide by `average`"
            if counts:
                message, advice = "there is no other item that this one could outweigh", "list another item"
            span = subject.key("subcompetencies", number, "evidence", place, "weight")
            fix = _delete(subject.document, span)
            yield Finding(RULE.slug, message, span, f"delete the weight, or {advice}", fix)


def _delete(document: Document, span: Span) -> Fix | None:
    """Return the fix that deletes the weight; it is not safe, as the method or another item may be wrong."""
    # Hardly any file needs these.
    from microcred_cli.texts.yaml_deletions import delete_pair_at  # noqa: PLC0415 - see above
    from microcred_cli.texts.yaml_fixes import delete  # noqa: PLC0415 - see above

    return delete("the weight", delete_pair_at(document, span.start), safe=False)
