"""What would mend a fault in the structure; loaded only when there is one."""

import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from itertools import islice

from microcred_cli.model.fix import Edit, Fix
from microcred_cli.schema.commas import write_share
from microcred_cli.schema.ids import list_ids
from microcred_cli.schema.spellings import spell, spell_id
from microcred_cli.schema.synonyms import find_key, find_word
from microcred_cli.schema.values import Text
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.suggest import find_replacement
from microcred_cli.texts.yaml_edits import insert_first_pair
from microcred_cli.texts.yaml_fixes import write
from microcred_cli.texts.yaml_places import find_around
from microcred_cli.texts.yaml_writer import write_scalar

Accepts = Callable[[str], bool]

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_NEARLY_NUMBER = re.compile(r"[0-9]+,[0-9]{1,2}|[0-9]+(?:_[0-9]{3})+", re.ASCII)
_SPACED_PERCENTAGE = re.compile(r"\s*([0-9.]+)\s+%\s*", re.ASCII)
_DECIMAL_COMMA = re.compile(r"([0-9]+),([0-9]+)(\s*%)?", re.ASCII)
# Beyond so many keys a mapping is something else.
_MOST_UNKNOWN = 10
# A file may hold thousands of names.
_MOST_BESIDE = 200


def mend_text(document: Document, node: Node, shape: Text) -> Fix | None:
    """Return what makes a value, or a key, a text of that shape.

    One that refers to an id in a list is put in quotes only where there is such an id.
    """
    if not isinstance(node, Scalar) or node.value is None:
        return None
    if isinstance(node.value, bool | Decimal) and shape.accepts(node.text):
        if shape.refers is not None and node.text not in list_ids(document, shape.refers):
            return None
        return Fix("put it in quotes", (Edit(node.span, write_scalar(node.text, '"')),))
    spelling = spell(shape.rule, node.text, shape.example)
    if spelling is None or not shape.accepts(spelling[0]) or spelling[0] == node.text:
        return None
    if shape.rule == "bad-id":
        return _write_id(document, node, spelling[0], shape.refers)
    return write(document, node.span, spelling[0], safe=spelling[1])


def _write_id(document: Document, node: Scalar, text: str, refers: str | None) -> Fix | None:
    """Return what writes an id, unless another one beside it is written so, or it should be another's."""
    path = find_around(document, node.start)
    beside = list(islice(_list_names_beside(path), _MOST_BESIDE + 1))
    if len(beside) > _MOST_BESIDE or text in map(_spell_id, beside):
        return None
    ids = list_ids(document, "levels", "subcompetencies") if _refers(path) else []
    if refers is not None and ids and text not in ids:
        return None
    return write(document, node.span, text, safe=text in ids and node.text not in ids)


def mend_number(document: Document, node: Node, accepts: Callable[[Decimal], bool]) -> Fix | None:
    """Return what makes a number of a text that holds one."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return None
    text, same = node.text.strip(), True
    if _NEARLY_NUMBER.fullmatch(text) is not None:
        text, same = text.replace(",", ".").replace("_", ""), False
    multiline = document.text[node.start] in "|>"
    if multiline or _NUMBER.fullmatch(text) is None or not accepts(Decimal(text)):
        return None
    return Fix(
        f"write `{text}` without quotes" if same else f"write `{text}`", (Edit(node.span, text),), same
    )


def mend_percentage(document: Document, node: Scalar, accepts: Accepts) -> Fix | None:
    """Return what makes a percentage of a value that lacks the sign, or has something before it."""
    spaced = _SPACED_PERCENTAGE.fullmatch(node.text)
    text = node.text.strip()
    if spaced is not None:
        text = f"{spaced[1]}%"
    elif (comma := _DECIMAL_COMMA.fullmatch(text)) is not None:
        text = f"{comma[1]}.{comma[2]}"
        text = f"{text}%" if comma[3] else write_share(text)
    elif _NUMBER.fullmatch(text) is not None and Decimal(text) != 1:  # which could be 1% or all of it
        share = Decimal(0) < Decimal(text) < 1
        text = f"{(Decimal(text) * 100).normalize():f}%" if share else f"{text}%"
    return write(document, node.span, text, safe=spaced is not None) if accepts(text) else None


def mend_word(document: Document, node: Scalar, rule: str, words: Collection[str]) -> Fix | None:
    """Return what makes one of the words of the rule of one that is like it, or means the same."""
    meant = find_word(rule, node.text, words)
    if meant is None:
        if rule == "unknown-award-rule" and node.text in list_ids(document, "subcompetencies"):
            text = f"{{all: [{node.text}]}}"
            return Fix(f"write `{text}`", (Edit(node.span, text),), safe=False)
        return None
    return write(document, node.span, meant.name, safe=meant.same)


def mend_missing_key(document: Document, mapping: Mapping, wanted: Collection[str]) -> Fix | None:
    """Return what makes one of the wanted keys of the one key in the mapping that is like one."""
    found = [
        (key, meant)
        for key, _ in mapping.pairs[:_MOST_UNKNOWN]
        if (meant := find_key(key.text, wanted)) is not None
    ]
    if len(found) != 1:
        return None
    key, meant = found[0]
    return write(document, key.span, meant.name, safe=meant.same)


def mend_missing_format(document: Document, mapping: Mapping, key: str, text: str) -> Fix | None:
    """Return what puts the format at the beginning, unless there is something that is meant for it."""
    if any(find_replacement(each.text, [key]) is not None for each, _ in mapping.pairs[:_MOST_BESIDE]):
        return None
    edit = insert_first_pair(document, key, text)
    return None if edit is None else Fix(f"insert `{key}: {text}`", (edit,))


def _spell_id(text: str) -> str:
    spelling = spell_id(text)
    return text if spelling is None else spelling[0]


def _list_names_beside(path: list[Node]) -> Iterator[str]:
    """Yield the names from which that at the end of the path must differ: keys, entries, or ids."""
    node, holder, *around = reversed(path)
    if isinstance(holder, Sequence):
        yield from (each.text for each in holder.items if isinstance(each, Scalar) and each is not node)
        return
    assert isinstance(holder, Mapping)  # noqa: S101 - nothing else holds a name
    keys = [key for key, _ in holder.pairs]
    if any(key is node for key in keys):
        yield from (key.text for key in keys if key is not node)
    elif around and isinstance(around[0], Sequence) and holder.get("id") is node:
        entries = (each for each in around[0].items if isinstance(each, Mapping) and each is not holder)
        ids = (each.get("id") for each in entries)
        yield from (each.text for each in ids if isinstance(each, Scalar))


def _refers(path: list[Node]) -> bool:
    """Return whether the name at the end of the path speaks of something in the file, and is not its own."""
    holder = path[-2]
    return not isinstance(holder, Mapping) or path[-1] not in {holder.get("id"), holder.get("held")}
