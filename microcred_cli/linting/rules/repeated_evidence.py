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
from microcred_cli.model.rubric import EvidenceItem
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
        seen: dict[tuple[str, str | None], dict[str | None, int]] = {}
        for place, item in enumerate(subcompetency.evidence):
            criterion = None if item.criterion is None else fold_name(item.criterion)
            sources = seen.setdefault((fold_name(item.item), criterion), {})
            # An entry without a source takes the scores of every source.
            first = sources.get(item.source, sources.get(None))
            if first is None and item.source is None:
                first = next(iter(sources.values()), None)
            if first is not None:
                message = f"the scores of `{shorten(item.item)}` count here already"
                span = subject.value("subcompetencies", number, "evidence", place, "item")
                double = item in subcompetency.evidence[:place]
                fix = _delete(subject.document, span) if double else None
                other = subject.value("subcompetencies", number, "evidence", first, "item")
                yield Finding(
                    RULE.slug,
                    message,
                    span,
                    _advise(subject.document, other, _explain(item, subcompetency.evidence[first])),
                    fix,
                )
            sources.setdefault(item.source, place)


def _explain(item: EvidenceItem, other: EvidenceItem) -> str:
    """Return why two entries that are written differently are the same."""
    if item.source != other.source:
        return "; an entry without a source takes the scores of every source"
    if (item.item, item.criterion) != (other.item, other.criterion):
        return "; upper and lower case and the number of spaces make no difference"
    return ""


def _advise(document: Document, other: Span, why: str) -> str:
    """Return a line of help that says where the other entry stands."""
    # Hardly any file needs them.
    from microcred_cli.texts.lines import LineIndex  # noqa: PLC0415 - see above

    line = LineIndex(document.text).position(other.start).line
    return f"delete one of the two entries: the other is in line {line}{why}"


def _delete(document: Document, span: Span) -> Fix | None:
    """Return the fix that deletes the entry; it is not safe, as another item may have been meant."""
    # Hardly any file needs these.
    from microcred_cli.texts.yaml_deletions import delete_item_at  # noqa: PLC0415 - see above
    from microcred_cli.texts.yaml_fixes import delete  # noqa: PLC0415 - see above

    return delete("the entry", delete_item_at(document, span.start), safe=False)
