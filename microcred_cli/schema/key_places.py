"""Where in a file a key belongs, as its structure says; loaded only when one stands elsewhere."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from microcred_cli.schema.shapes import (
    ByKey,
    ByKind,
    Converted,
    ListOf,
    MapOf,
    OneOrMore,
    Record,
    Reference,
    Tagged,
)

# A key that belongs to more kinds of things says too little.
_MOST_PLACES = 2
_MOST_VARIANTS = 3


class _Place(NamedTuple):
    """A record and what people call it; as a variant of something, what decides that it is this one."""

    record: Record
    label: str
    variant: str | None = None


def place_key(record: Record, key: str) -> str | None:
    """Return a line of help that says where a key belongs that the record does not know."""
    places = next((found for found in _list_files() if any(each.record is record for each in found)), ())
    own = next((each.label for each in places if each.record is record), None)
    knowing = [each for each in places if any(field.key == key for field in each.record.fields)]
    variants = [f"`{each.variant}`" for each in knowing if each.label == own and each.variant is not None]
    if variants:
        more = ", …" if len(variants) > _MOST_VARIANTS else ""
        return f"`{key}` goes with {', '.join(variants[:_MOST_VARIANTS])}{more}"
    labels = list(dict.fromkeys(each.label for each in knowing if each.label != own))
    if not 0 < len(labels) <= _MOST_PLACES:
        return None
    return f"`{key}` belongs under {' or '.join(labels)}"


@cache
def _list_files() -> tuple[tuple[_Place, ...], ...]:
    from microcred_cli.schema.project import PROJECT  # noqa: PLC0415 - they import the shapes
    from microcred_cli.schema.rubric import RUBRIC  # noqa: PLC0415 - as above

    return tuple(tuple(_walk(root, set())) for root in (RUBRIC, PROJECT))


def _walk(shape: Any, seen: set[str], *, listed: bool = False) -> Iterator[_Place]:
    """Yield the records in a shape."""
    if isinstance(shape, Record):
        yield from _walk_record(shape, _name(shape.noun, listed=listed), None, seen)
    elif isinstance(shape, Tagged | ByKey):
        label = f"`{shape.noun}`" if isinstance(shape, Tagged) else shape.noun
        for word, record in shape.variants.items():
            variant = f"{shape.key}: {word}" if isinstance(shape, Tagged) else word
            yield from _walk_record(record, label, variant, seen)
    elif isinstance(shape, ByKind):
        for each in (shape.scalar, shape.mapping):
            yield from _walk(each, seen)
    elif isinstance(shape, Reference) and shape.name not in seen:
        seen.add(shape.name)
        yield from _walk(shape.resolve(), seen)
    elif isinstance(shape, ListOf | MapOf | OneOrMore | Converted):
        yield from _walk(shape.shape, seen, listed=isinstance(shape, ListOf))


def _walk_record(record: Record, label: str, variant: str | None, seen: set[str]) -> Iterator[_Place]:
    yield _Place(record, label, variant)
    for field in record.fields:
        yield from _walk(field.shape, seen)


def _name(noun: str, *, listed: bool) -> str:
    """Return a noun of a record, with the article it has where there are several."""
    if not noun.startswith("the "):
        return f"`{noun}`"
    bare = noun.removeprefix("the ")
    return noun if not listed else f"{'an' if bare[0] in 'aeiou' else 'a'} {bare}"
