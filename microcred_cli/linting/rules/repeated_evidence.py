"""The same evidence may count only once in a sub-competency.

## What it is

Two entries under `evidence` of one sub-competency have the same `item`, the same `criterion` and the same
`source`; or one of them names no `source`, so that it takes the scores of every source. Upper and lower case
and the number of spaces make no difference, because gradebooks change them.

## Why it matters

Each score would count twice: an average would lean toward it, and one piece of evidence would pass for
two where `at_least: 2` asks for two.

## A bad example

    evidence:
      - item: Peer review
      - item: Peer Review

## A good example

    evidence:
      - item: Peer review 1
      - item: Peer review 2
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.nodes import Document
from microcred_cli.texts.safe import shorten

RULE = Rule(
    "MC207",
    "repeated-evidence",
    Severity.ERROR,
    "The same evidence may count only once in a sub-competency.",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for the second and every further entry for the same evidence."""
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        seen: dict[tuple[str, str | None], set[str | None]] = {}
        for place, item in enumerate(subcompetency.evidence):
            criterion = None if item.criterion is None else fold_name(item.criterion)
            sources = seen.setdefault((fold_name(item.item), criterion), set())
            # An entry without a source takes the scores of every source.
            if item.source in sources or None in sources or (item.source is None and sources):
                message = f"the scores of `{shorten(item.item)}` count here already"
                span = subject.value("subcompetencies", number, "evidence", place, "item")
                double = item in subcompetency.evidence[:place]
                fix = _delete(subject.document, span) if double else None
                yield Finding(RULE.slug, message, span, "delete one of the two entries", fix)
            sources.add(item.source)


def _delete(document: Document, span: Span) -> Fix | None:
    """Return the fix that deletes the entry; it is not safe, as another item may have been meant."""
    # Hardly any file needs these.
    from microcred_cli.texts.yaml_deletions import delete_item_at  # noqa: PLC0415 - see above
    from microcred_cli.texts.yaml_fixes import delete  # noqa: PLC0415 - see above

    return delete("the entry", delete_item_at(document, span.start), safe=False)
