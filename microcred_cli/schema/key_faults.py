"""The findings about the keys of a mapping; loaded only when one is not known or is missing."""

import re
from collections import Counter
from collections.abc import Collection
from typing import Any

from microcred_cli.model.fix import Fix
from microcred_cli.schema.examples import advise_beginning, show_field
from microcred_cli.schema.key_places import place_key
from microcred_cli.schema.reading import MakeFix, Reading
from microcred_cli.schema.shapes import Field, ListOf, MapOf, Record, Tagged, find_opening
from microcred_cli.schema.synonyms import Meant, find_key
from microcred_cli.schema.values import Choice, Number, Percentage, Text
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.suggest import list_known, suggest_name

# Beyond so many unknown keys a mapping is something else.
_MOST_UNKNOWN = 10
# From so many missing keys on, the file has hardly begun.
_MANY_MISSING = 3
_FORMAT = "format"
_HYPHEN = re.compile(r"-[A-Za-z_]")


def report_keys(record: Record, node: Mapping, taken: Collection[int], reading: Reading) -> None:
    """Note which keys of the mapping are not known, and which are missing.

    ``taken`` is where such keys begin that are none, as they belong to a number before them.
    """
    if reading.is_full:
        return
    known = [each.key for each in record.fields]
    present = {key.text for key, _ in node.pairs}
    unknown = [pair for pair in node.pairs if pair[0].text not in known and pair[0].start not in taken]
    free = [each for each in known if each not in present]
    meant = _list_meant(record, unknown, free)
    claims = Counter(each.name for each in meant.values())
    for key, value in unknown:
        if reading.is_full:
            return
        found = meant.get(key.text)
        sole = found is not None and claims[found.name] == 1
        advice = f"did you mean `{found.name}`?" if found else _advise(record, key.text, value, free)
        message = f"{record.noun} has no key `{shorten(key.text)}`"
        make_fix = _rename(key, found) if found is not None and sole else None
        reading.refuse("unknown-key", message, key.span, advice, make_fix)
    settled = {name for name, number in claims.items() if number == 1}
    missing = [each for each in record.fields if each.required and each.key not in present | settled]
    _report_missing(record, node, missing, reading)


def _report_missing(record: Record, node: Mapping, missing: list[Field], reading: Reading) -> None:
    """Note which keys are missing: together where the file has hardly begun."""
    if record.is_root and len(missing) >= _MANY_MISSING:
        names = ", ".join(f"`{each.key}`" for each in missing)
        message = f"{record.noun} lacks the keys {names}"
        reading.refuse("missing-key", message, find_opening(node), advise_beginning(record, node))
        return
    for each in missing:
        make_fix = _insert_format(record, each, node) if each.key == _FORMAT else None
        message = f"{record.noun} lacks the key `{each.key}`"
        advice = f"add `{show_field(each, node)}`"
        reading.refuse("missing-key", message, find_opening(node), advice, make_fix)


def _list_meant(record: Record, unknown: list[tuple[Scalar, Node]], free: list[str]) -> dict[str, Meant]:
    """Return which free keys the unknown ones stand for, as far as that can be told."""
    if len(unknown) > _MOST_UNKNOWN:
        return {}
    fields = {each.key: each for each in record.fields}
    found = {}
    for key, value in unknown:
        meant = find_key(key.text, free)
        if meant is not None and (meant.same or _fits(fields[meant.name].shape, value)):
            found[key.text] = meant
    return found


def _fits(shape: Any, value: Node) -> bool:
    """Return whether a value is of the kind the shape is about."""
    if isinstance(shape, ListOf):
        return isinstance(value, Sequence)
    if isinstance(shape, MapOf | Record | Tagged):
        return isinstance(value, Mapping)
    return not isinstance(shape, Text | Number | Percentage | Choice) or isinstance(value, Scalar)


def _rename(key: Scalar, meant: Meant) -> MakeFix:
    def mend(document: Document) -> Fix | None:
        from microcred_cli.texts.yaml_fixes import write  # noqa: PLC0415 - many need no fix

        return write(document, key.span, meant.name, safe=meant.same)

    return mend


def _advise(record: Record, name: str, value: Node, free: list[str]) -> str:
    """Return what to do with a key that stands for none that is free."""
    if _HYPHEN.match(name) is not None:
        return f"put a space behind the hyphen: `- {shorten(name[1:])}:`"
    known = [each.key for each in record.fields]
    present = [each for each in known if each not in free]
    double = find_key(name, present)
    if double is not None and (double.same or double.other):
        return f"`{double.name}` is here already: delete one of the two"
    place = place_key(record, name)
    if place is not None:
        return place
    if double is not None:
        return f"`{double.name}` is here already: delete one of the two"
    shapes = {each.key: each.shape for each in record.fields}
    close = suggest_name(name, [each for each in free if _fits(shapes[each], value)])
    return list_known(known) if close is None else f"did you mean `{close}`?"


def _insert_format(record: Record, field: Field, node: Mapping) -> MakeFix | None:
    """Return what inserts the format where nothing else is missing, and this must be such a file."""
    if any(each.required and each is not field and node.get(each.key) is None for each in record.fields):
        return None

    def mend(document: Document) -> Fix | None:
        from microcred_cli.schema.mending import mend_missing_format  # noqa: PLC0415 - hardly ever needed

        text = field.shape.example if isinstance(field.shape, Text) else None
        return None if text is None else mend_missing_format(document, node, field.key, text)

    return mend
