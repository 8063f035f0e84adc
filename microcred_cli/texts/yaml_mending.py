"""What would mend what the reader refuses; loaded only when it refuses something."""

import re
from collections.abc import Sequence as List
from decimal import Decimal

from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Node, Scalar
from microcred_cli.texts.scalars import is_ambiguous_scalar, resolve_plain_scalar
from microcred_cli.texts.yaml_deletions import delete_pair
from microcred_cli.texts.yaml_writer import write_scalar

_STANDARD = "tag:yaml.org,2002:"
_SPACES = re.compile(r"[ \t]+")
_COMMENT = re.compile(r"\s*#")
# A file with more control characters is no text that somebody has damaged.
_MOST_CONTROLS = 50


def delete_character(span: Span, number: int = 1) -> Fix | None:
    """Return what deletes a character that is one of so many."""
    if number > _MOST_CONTROLS:
        return None
    return Fix("delete the character", (Edit(span, ""),), safe=False)


def quote_text(text: str, span: Span) -> Fix | None:
    """Return what puts a text in quotes; None for a number, as nobody can tell whether it is to be one.

    None as well where more stands there than the text: a tag or an anchor.
    """
    if span.end - span.start != len(text) or not isinstance(resolve_plain_scalar(text), str):
        return None
    return Fix("put it in quotes", (Edit(span, write_scalar(text, '"')),))


def delete_double(text: str, start: int, near: List[Node], first: Node) -> Fix | None:
    """Return what deletes the second of three pairs if its value is that of the first one with its key.

    ``near`` are their keys and values in turn; the third may be missing. Their mapping starts at ``start``.
    """
    pairs = list(zip(near[::2], near[1::2], strict=True))
    value = pairs[1][1]
    if text[start] == "{" and isinstance(value, Scalar) and value.plain and not value.text:
        # Without a colon it is what stands behind the comma of a value, as in {a: 0,5, b: 0,5}.
        return None
    if not _is_same(text, first, pairs[1][1]):
        return None
    edit = delete_pair(text, start, pairs, 1)
    return None if edit is None else Fix("delete the double", (edit,))


def _is_same(text: str, one: Node, other: Node) -> bool:
    """Return whether two values are the same scalar, or lists or mappings that are written alike."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one.value == other.value and type(one.value) is type(other.value)
    return text[one.start : one.end] == text[other.start : other.end]


def mend_tag(text: str, tag: str, span: Span, end: int, scalar: Scalar | None) -> Fix | None:
    """Return what makes the tag needless, where the value can be written so that it means the same.

    The value ends at ``end``; the scalar is None for a list or mapping.
    """
    kind = tag.removeprefix(_STANDARD) if tag.startswith(_STANDARD) else ""
    if scalar is None:
        return _delete_tag(text, span) if kind in {"seq", "map"} else None
    if kind == "str" and scalar.plain:
        if _COMMENT.match(text, span.end) is not None:
            return None
        quoted = Edit(Span(span.start, end), write_scalar(scalar.text, '"'))
        return Fix("put the value in quotes", (quoted,))
    kinds = {"str"}
    if scalar.plain:
        kinds = set() if is_ambiguous_scalar(scalar.text) else _list_kinds(scalar)
    return _delete_tag(text, span) if kind in kinds else None


def _list_kinds(scalar: Scalar) -> set[str]:
    """Return what an unquoted value other than a text is, in the words of tags."""
    if isinstance(scalar.value, bool):
        return {"bool"}
    if isinstance(scalar.value, Decimal):
        return {"int", "float"} if scalar.value == scalar.value.to_integral_value() else {"float"}
    return set()


def _delete_tag(text: str, span: Span) -> Fix:
    """Return what deletes the tag and the spaces behind it, or before it at the end of a line."""
    behind = _SPACES.match(text, span.end)
    start, end = span.start, span.end if behind is None else behind.end()
    if end == len(text) or text[end] in "\r\n":
        start = len(text[:start].rstrip(" \t"))
    return Fix("delete the tag", (Edit(Span(start, end), ""),))
