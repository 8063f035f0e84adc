"""Examples of what a shape wants, for help; loaded only when something is refused."""

from decimal import Decimal
from typing import Any

from microcred_cli.schema.shapes import (
    ByKey,
    ByKind,
    Converted,
    Field,
    ListOf,
    MapOf,
    OneOrMore,
    Record,
    Tagged,
)
from microcred_cli.schema.spellings import spell_id
from microcred_cli.schema.values import Choice, Number, Percentage, Text
from microcred_cli.texts.nodes import Mapping, Scalar
from microcred_cli.texts.yaml_writer import write_scalar

# Under these stands what people read; a plain text that stands for an entry is meant for them.
_TITLES = ("title", "item", "name")
_LONGEST = 60


def show(shape: Any) -> str:
    """Return an example of a value."""
    if isinstance(shape, Record):
        return show_entry(shape)
    if isinstance(shape, ListOf):
        return f"[{show(shape.shape)}]"
    if isinstance(shape, MapOf):
        return f"{{{shape.example or 'proficient'}: {show(shape.shape)}}}"
    if isinstance(shape, Tagged):
        return f"{{{shape.key}: {next(iter(shape.variants))}}}"
    if isinstance(shape, ByKey):
        return show_entry(next(iter(shape.variants.values())))
    return _show_value(shape)


def _show_value(shape: Any) -> str:
    if isinstance(shape, Text):
        return write_scalar(shape.example or "Teamwork")
    if isinstance(shape, Choice):
        return shape.values[0]
    if isinstance(shape, Number):
        return f"{max(shape.minimum, min(shape.maximum, Decimal(1))):f}"
    if isinstance(shape, Percentage):
        return "65%"
    if isinstance(shape, ByKind):
        return show(shape.scalar)
    return show(shape.shape) if isinstance(shape, Converted | OneOrMore) else "…"


def show_field(field: Field, mapping: Mapping | None = None) -> str:
    """Return an example of a key with its value, made of what else stands in the mapping if that can be."""
    value = field.example
    found = [mapping.get(each) for each in (*_TITLES, "id")] if mapping is not None else []
    text = next((each.text for each in found if isinstance(each, Scalar) and each.text.strip()), None)
    if text is not None and len(text) <= _LONGEST:
        if field.key == "id":
            value = _make_id(field, text) or value
        elif field.key == "title":
            value = write_scalar(text.replace("-", " ").capitalize() if found[-1] is not None else text)
    return f"{field.key}: {show(field.shape) if value is None else value}"


def show_entry(record: Record, text: str | None = None) -> str:
    """Return an example of a mapping; with a text, that of which it is the title."""
    wanted = [each for each in record.fields if each.required]
    parts = []
    for field in wanted:
        if text is not None and field.key in _TITLES:
            parts.append(f"{field.key}: {write_scalar(text, in_flow=True)}")
        elif text is not None and field.key == "id" and (made := _make_id(field, text)) is not None:
            parts.append(f"id: {made}")
        else:
            parts.append(show_field(field))
    return f"{{{', '.join(parts)}}}"


def advise_beginning(record: Record, mapping: Mapping | None = None) -> str:
    """Return what a file of the record begins with, as far as it is not there."""
    wanted = [each for each in record.fields if each.required]
    if mapping is not None:
        wanted = [each for each in wanted if mapping.get(each.key) is None]
    lines = [f"`{show_field(each, mapping)}`" for each in wanted if each.example is not None]
    lines += [f"`{each.key}:`" for each in wanted if each.example is None]
    return f"write the lines {', '.join(lines)}; `microcred init` writes a whole file to start from"


def _make_id(field: Field, text: str) -> str | None:
    spelling = spell_id(text)
    is_id = isinstance(field.shape, Text) and spelling is not None and field.shape.accepts(spelling[0])
    return write_scalar(spelling[0]) if is_id and spelling is not None else None
