"""The award rule as it stands in the file: the lists of names it is made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from microcred_cli.texts.nodes import Document, Mapping, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class AwardList:
    """One list of an award rule: the sub-competencies it names, and how many parts it has in all.

    ``count`` is the number that ``at_least`` asks for. ``everything``: there is no list, so that all
    sub-competencies are meant.
    """

    names: tuple[Scalar, ...]
    parts: int
    count: Scalar | None
    everything: bool


def read_award_lists(document: Document) -> Iterator[AwardList]:
    """Yield every list of the award rule, the outer before the inner; the structure must be sound.

    A rubric that leaves the rule to ``all`` or ``any`` has none.
    """
    root = document.root
    pending = [root.get("award")] if isinstance(root, Mapping) else []
    while pending:
        rule = pending.pop()
        if not isinstance(rule, Mapping):
            continue
        count = rule.get("at_least")
        parts = next((part for key in ("all", "any", "of") if (part := rule.get(key)) is not None), None)
        items = parts.items if isinstance(parts, Sequence) else []
        yield AwardList(
            tuple(item for item in items if isinstance(item, Scalar)),
            len(items),
            count if isinstance(count, Scalar) else None,
            everything=parts is None,
        )
        pending.extend(reversed(items))
