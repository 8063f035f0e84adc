"""The award rule as it stands in the file: the lists of names it is made of, and the badges it asks for."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence


class AwardList(NamedTuple):
    """One list of an award rule: the sub-competencies it names, and the rubrics whose badges are parts of it.

    ``needed`` is the number that is asked for and ``total`` what all parts together come to: parts, or with
    ``in_points`` points. ``total`` None: there is no list, so that all sub-competencies are meant.
    ``source`` is the one whose scores alone are looked at.
    """

    names: tuple[Scalar, ...]
    badges: tuple[Scalar, ...] = ()
    needed: Scalar | None = None
    total: int | None = None
    in_points: bool = False
    source: Scalar | None = None


def read_award_lists(document: Document) -> Iterator[AwardList]:
    """Yield every list of the award rule, the outer before the inner; the structure must be sound.

    A rubric that leaves the rule to ``all`` or ``any`` has none.
    """
    for rule, source in _walk_rules(document):
        if rule.get("points") is not None:
            yield from _read_points(rule, source)
        elif rule.get("held") is None:
            yield _read_list(rule, source)


def read_held(document: Document) -> Iterator[Scalar]:
    """Yield every rubric whose badge the award asks for; the structure must be sound."""
    for rule, _ in _walk_rules(document):
        held = rule.get("held")
        if isinstance(held, Scalar):
            yield held


def _walk_rules(document: Document) -> Iterator[tuple[Mapping, Scalar | None]]:
    """Yield every rule that is a mapping, with the source that holds for it: its own, or that around it."""
    root = document.root
    award = root.get("award") if isinstance(root, Mapping) else None
    pending: list[tuple[Node | None, Scalar | None]] = [(award, None)]
    while pending:
        rule, source = pending.pop()
        if isinstance(rule, Mapping):
            own = rule.get("source")
            source = own if isinstance(own, Scalar) else source
            yield rule, source
            pending.extend((item, source) for item in reversed(_list_parts(rule) or []))


def _list_parts(rule: Mapping) -> list[Node] | None:
    """Return the parts of a rule; None when it has no list of them."""
    parts = next((part for key in ("all", "any", "of") if (part := rule.get(key)) is not None), None)
    return parts.items if isinstance(parts, Sequence) else None


def _read_list(rule: Mapping, source: Scalar | None) -> AwardList:
    items = _list_parts(rule)
    count = rule.get("at_least")
    held = (item.get("held") for item in items or () if isinstance(item, Mapping))
    return AwardList(
        _keep_scalars(items or ()),
        _keep_scalars(held),
        count if isinstance(count, Scalar) else None,
        None if items is None else len(items),
        source=source,
    )


def _read_points(rule: Mapping, source: Scalar | None) -> Iterator[AwardList]:
    """Yield what gives points, and what is required beside them."""
    of, count, required = rule.get("of"), rule.get("points"), rule.get("required")
    pairs = of.pairs if isinstance(of, Mapping) else []
    values = [node.value for _, node in pairs if isinstance(node, Scalar)]
    total = sum(int(value) for value in values if isinstance(value, Decimal))
    number = count if isinstance(count, Scalar) else None
    yield AwardList(tuple(key for key, _ in pairs), (), number, total, in_points=True, source=source)
    if isinstance(required, Sequence):
        yield AwardList(_keep_scalars(required.items), total=len(required.items), source=source)


def _keep_scalars(nodes: Iterable[Node | None]) -> tuple[Scalar, ...]:
    return tuple(node for node in nodes if isinstance(node, Scalar))
