"""What is wanted where a value stands for the list or mapping it should be in; loaded only then."""

import re
from typing import Any

from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.schema.examples import advise_beginning, show, show_entry
from microcred_cli.schema.reading import REFUSED, Reading, Refused
from microcred_cli.schema.shapes import ByKey, ByKind, ListOf, MapOf, Record, Reference, Tagged
from microcred_cli.schema.synonyms import find_word
from microcred_cli.schema.values import Choice, Percentage, Text
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.yaml_syntax import TABLE_ADVICE, looks_like_table
from microcred_cli.texts.yaml_writer import write_scalar

Offer = tuple[str | None, Fix | None]

_COMMAS = re.compile(r"\s*,\s+|,")
_PAIR = re.compile(r"(\S+?)\s*[:=]?\s+(\S+)")
# A help line of a longer text is read by nobody.
_LONGEST = 80
_LONGEST_LINE = 1000


def refuse_list(shape: ListOf, node: Node, reading: Reading) -> Refused:
    """Note that something else stands where a list should be, and how to write one of it."""
    if reading.is_full:
        return REFUSED
    advice, fix = _offer_list(shape.shape, node, reading.document)
    return reading.refuse_type(shape.noun, node, advice or f"for example `{show(shape)}`", lambda _: fix)


def refuse_map(shape: MapOf, node: Node, reading: Reading) -> Refused:
    """Note that something else stands where a mapping with free keys should be."""
    if reading.is_full:
        return REFUSED
    offer: Offer = f"for example `{show(shape)}`", None
    found = _PAIR.fullmatch(node.text) if isinstance(node, Scalar) and _is_line(node, reading) else None
    if found is not None and shape.key.accepts(found[1]) and _accepts(shape.shape, found[2]):
        pair = f"{{{write_scalar(found[1], in_flow=True)}: {write_scalar(found[2], in_flow=True)}}}"
        offer = _write(node.span, pair, safe=False)
    elif isinstance(node, Sequence) and all(isinstance(each, Mapping) for each in node.items):
        offer = "write its keys and values without hyphens before them", None
    return reading.refuse_type(shape.noun, node, offer[0], lambda _: offer[1])


def refuse_record(record: Record, node: Node, reading: Reading) -> Refused:
    """Note that something else stands where a record should be."""
    if reading.is_full:
        return REFUSED
    if record.is_root:
        if isinstance(node, Scalar) and node.value is None:
            return reading.refuse("empty-value", "the file is empty", node.span, advise_beginning(record))
        table = isinstance(node, Scalar) and looks_like_table(node.text)
        beginning = TABLE_ADVICE if table else advise_beginning(record)
        return reading.refuse_type(f"a mapping ({record.noun})", node, beginning)
    advice: str | None = None
    if isinstance(node, Scalar) and node.value is not None and len(node.text) <= _LONGEST:
        advice = f"write `{_show_as(record, node.text)}`"
    elif any(each.required for each in record.fields):
        advice = f"for example `{show_entry(record)}`"
    return reading.refuse_type(f"a mapping ({record.noun})", node, advice)


def refuse_tagged(shape: Tagged, node: Node, reading: Reading) -> Refused:
    """Note that something else stands where a mapping with a decisive word should be; it may be the word."""
    if reading.is_full:
        return REFUSED
    offer: Offer = f"for example `{show(shape)}`", None
    meant = None
    if isinstance(node, Scalar) and _is_line(node, reading):
        meant = find_word(shape.choice.rule, node.text.strip(), shape.choice.values)
    if meant is not None:
        wanted = [
            each for each in shape.variants[meant.name].fields if each.required and each.key != shape.key
        ]
        more = "".join(f", {each.key}: {show(each.shape)}" for each in wanted)
        offer = _write(node.span, f"{{{shape.key}: {meant.name}{more}}}", safe=meant.same)
        offer = offer[0], None if wanted else offer[1]
    return reading.refuse_type(f"a mapping ({shape.noun})", node, offer[0], lambda _: offer[1])


def refuse_kind(shape: ByKind, node: Sequence, reading: Reading) -> Refused:
    """Note that a list stands where a value or a mapping should be; it may be that of the first variant."""
    if reading.is_full:
        return REFUSED
    rule = shape.mapping.resolve() if isinstance(shape.mapping, Reference) else shape.mapping
    if not isinstance(rule, ByKey) or reading.document is None:
        return reading.refuse_type(shape.noun, node)
    key, record = next(iter(rule.variants.items()))
    advice, fix = f"put the list under `{key}:`", None
    written = reading.document.text[node.start : node.end]
    parts = next(each.shape for each in record.fields if each.key == key)
    if written.startswith("[") and "\n" not in written and parts.read(node, Reading()) is not REFUSED:
        span = node.span
        edits = (Edit(Span(span.start, span.start), f"{{{key}: "), Edit(Span(span.end, span.end), "}"))
        fix = Fix(f"put it under `{key}`", edits, safe=False)
        if len(written) <= _LONGEST:
            advice = f"write `{{{key}: {written}}}`"
    return reading.refuse_type(shape.noun, node, advice, lambda _: fix)


def _offer_list(item: Any, node: Node, document: Document | None) -> Offer:
    """Return how to write a list of what stands there, and the fix that does."""
    if document is None:
        return None, None
    if isinstance(node, Mapping):
        return _offer_entry(item, node, document)
    if not isinstance(node, Scalar) or not _is_line(node, document):
        return None, None
    alone = [node.text.strip()]
    for parts in ([*filter(None, _COMMAS.split(alone[0]))] if node.plain else alone, alone):
        entries = [_write_entry(item, part) for part in parts]
        if entries and None not in entries:
            return _write(node.span, f"[{', '.join(map(str, entries))}]", safe=parts == alone)
    if isinstance(item, Record) and len(alone[0]) <= _LONGEST:
        return f"write `[{_show_as(item, alone[0], in_list=True)}]`", None
    return None, None


def _offer_entry(item: Any, node: Mapping, document: Document) -> Offer:
    """Return how to write a list with the mapping as its entry."""
    first = node.pairs[0][0].text if node.pairs else ""
    if first[:1] == "-" and first[1:2].isalpha():
        return f"put a space behind the hyphen: `- {shorten(first[1:])}:`", None
    if not isinstance(item, Record) or not any(each.key == first for each in item.fields):
        return None, None
    written = document.text[node.start : node.end]
    fix = None
    if written.startswith("{") and item.read(node, Reading()) is not REFUSED:
        edits = (Edit(Span(node.start, node.start), "["), Edit(Span(node.end, node.end), "]"))
        fix = Fix("make a list of it", edits)
    return f"begin each entry of the list with a hyphen: `- {shorten(first)}: …`", fix


def _write_entry(item: Any, text: str) -> str | None:
    """Return the text as an entry of a list in brackets; None where it is none, or not a whole one."""
    if isinstance(item, ByKind):
        item = item.scalar
    if isinstance(item, Record):
        wanted = [each for each in item.fields if each.required]
        if len(wanted) != 1 or not isinstance(wanted[0].shape, Text) or not wanted[0].shape.accepts(text):
            return None
        return show_entry(item, text)
    return write_scalar(text, in_flow=True) if text and _accepts(item, text) else None


def _show_as(record: Record, text: str, *, in_list: bool = False) -> str:
    entry = show_entry(record, text)
    alone = sum(each.required for each in record.fields) == 1
    return entry[1:-1] if alone and not in_list else entry


def _accepts(shape: Any, text: str) -> bool:
    if isinstance(shape, Choice):
        return text in shape.values
    return isinstance(shape, Text | Percentage) and shape.accepts(text)


def _write(span: Span, text: str, *, safe: bool) -> Offer:
    shown = shorten(text, _LONGEST)
    return f"write `{shown}`", Fix(f"write `{shown}`", (Edit(span, text),), safe)


def _is_line(node: Scalar, source: Reading | Document) -> bool:
    """Return whether the scalar has something in it, all on one line that is not too long."""
    document = source.document if isinstance(source, Reading) else source
    if len(node.text) > _LONGEST_LINE or document is None or node.value is None or not node.text.strip():
        return False
    written = document.text[node.start : node.end]
    return "\n" not in written and "\r" not in written and written[:1] not in {"|", ">"}
