"""Help for single values; loaded only when one is refused."""

import re
from collections.abc import Callable, Collection
from decimal import Decimal

from microcred_cli.schema.commas import write_share
from microcred_cli.schema.ids import list_ids
from microcred_cli.schema.spellings import spell_id
from microcred_cli.schema.synonyms import advises_by_letters, find_word
from microcred_cli.schema.values import Number, Text
from microcred_cli.texts.nodes import Document, Node, Scalar
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.suggest import advise_name, list_known

_NOUNS = {"levels": "a level", "subcompetencies": "a sub-competency"}
_COMMA = re.compile(r"[0-9]+,[0-9]+", re.ASCII)
_LISTED = 8


def advise_word(rule: str, name: str, words: Collection[str], document: Document | None = None) -> str:
    """Return a line of help for a word that is none of those."""
    meant = find_word(rule, name, words)
    if meant is not None:
        return f"did you mean `{meant.name}`?"
    if rule == "unknown-award-rule" and name in list_ids(document, "subcompetencies"):
        return f"write `{{all: [{name}]}}`"
    return advise_name(name, words) if advises_by_letters(rule) else list_known(words)


def advise_text(shape: Text, node: Node, document: Document | None) -> str | None:
    """Return what to write instead: the same in quotes, if that would do."""
    example = f"for example `{shape.example}`" if shape.example else None
    ids = list_ids(document, shape.refers) if shape.refers is not None else None
    if ids and shape.refers is not None:
        named = ", ".join(f"`{shorten(each)}`" for each in ids[:_LISTED])
        example = f"write the id of {_NOUNS[shape.refers]}: {named}{', …' if len(ids) > _LISTED else ''}"
    if not isinstance(node, Scalar):
        return example
    if node.value is None:
        return example if ids else "write it out, in quotes if it begins with #"
    if not isinstance(node.value, str) and shape.accepts(node.text):
        return example if ids and node.text not in ids else f'write it in quotes: "{shorten(node.text)}"'
    spelling = spell_id(node.text.strip()) if shape.rule == "bad-id" else None
    if spelling is not None and shape.accepts(spelling[0]) and (not ids or spelling[0] in ids):
        return f"did you mean `{spelling[0]}`?"
    return example


def advise_number(shape: Number, node: Node) -> str:
    """Return which number to write."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if _COMMA.fullmatch(text) is not None:
        return f"decimals have a point here: write `{text.replace(',', '.')}`"
    return f"for example `{max(shape.minimum, Decimal(2)):f}`"


def advise_percentage(text: str, accepts: Callable[[str], bool]) -> str:
    """Return which percentage to write for one with a comma."""
    meant = text.strip().replace(",", ".")
    meant = meant if meant.endswith("%") or _COMMA.fullmatch(text.strip()) is None else write_share(meant)
    return f"decimals have a point here: write `{meant}`" if accepts(meant) else "for example `65%`"
