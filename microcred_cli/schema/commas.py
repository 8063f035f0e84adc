"""Numbers with a decimal comma, which braces take apart; loaded only when something is refused."""

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import takewhile
from typing import Any

from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.schema.reading import Reading
from microcred_cli.schema.values import Number, Percentage, Text
from microcred_cli.texts.nodes import Mapping, Node, Scalar
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.yaml_writer import write_scalar

_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)
_REST = re.compile(r", ?([0-9]{1,4})(%?)(?=[ \t]*[,}])", re.ASCII)
_END = re.compile(r"[ \t\r\n]*[,}]")
_SIMPLE = re.compile(r"[^\r\n#]*")
# A text with more commas is not looked at to its end.
_MOST_RESTS = 20
_SHARE = re.compile(r"0\.[0-9]+", re.ASCII)


def report_commas(
    node: Mapping, find_shape: Callable[[str], Any], is_key: Callable[[str], bool], reading: Reading
) -> set[int]:
    """Note each value of the mapping that goes on behind a comma; return where the rests begin.

    ``find_shape`` returns the shape of a key's value; what is a key by ``is_key`` is no rest.
    """
    document = reading.document
    rests: set[int] = set()
    if reading.is_full or document is None or document.text[node.start] != "{":
        return rests
    for place, (key, value) in enumerate(node.pairs):
        if reading.is_full:
            break
        if key.start in rests or not isinstance(value, Scalar) or not value.plain:
            continue
        shape = find_shape(key.text)
        rest = _REST.match(document.text, value.end) if _WHOLE.fullmatch(value.text) else None
        if rest is not None:
            rests.add(rest.start(1))
            _report_number(Span(value.start, rest.end()), (value.text, rest[1], rest[2]), shape, reading)
        elif isinstance(shape, Text) and shape.pattern is None and isinstance(value.value, str):
            following = node.pairs[place + 1 : place + 1 + _MOST_RESTS]
            more = [*takewhile(lambda pair: _is_rest(pair, is_key, document.text), following)]
            if more:
                rests.update(each.start for each, _ in more)
                _report_text(document.text, Span(value.start, more[-1][0].end), reading)
    return rests


def _is_rest(pair: tuple[Scalar, Node], is_key: Callable[[str], bool], text: str) -> bool:
    """Return whether a key without a colon is none, but what stands behind the comma of a text."""
    key, value = pair
    alone = isinstance(value, Scalar) and value.plain and not value.text and not is_key(key.text)
    return alone and key.plain and _END.match(text, key.end) is not None


def _report_text(text: str, span: Span, reading: Reading) -> None:
    written = text[span.start : span.end]
    fix = None
    if _SIMPLE.fullmatch(written) is not None:
        fix = Fix("put it in quotes", (Edit(span, write_scalar(written, '"')),), safe=False)
    reading.replace_within(span)
    message = f"`{shorten(written)}` is taken for several values because of its comma"
    advice = "a text with a comma in it has to stand in quotes between braces"
    reading.refuse("wrong-type", message, span, advice, lambda _document: fix)


def _report_number(span: Span, parts: tuple[str, str, str], shape: Any, reading: Reading) -> None:
    whole, rest, sign = parts
    text = f"{whole}.{rest}{sign}"
    is_share = isinstance(shape, Percentage)
    if is_share and not sign:
        text = write_share(text)
    accepted = (is_share and shape.accepts(text)) or (
        isinstance(shape, Number) and not sign and shape.accepts(Decimal(text))
    )
    fix = Fix(f"write `{text}`", (Edit(span, text),), safe=False) if accepted else None
    reading.replace_within(span)
    message = f"`{whole},{rest}{sign}` is taken for two values because of its comma"
    advice = f"decimals have a point here: write `{text}`"
    rule = "bad-percentage" if is_share else "wrong-type"
    reading.refuse(rule, message, span, advice, lambda _document: fix)


def write_share(text: str) -> str:
    """Return a number without a sign as a percentage: what begins with 0 is a share of one."""
    return f"{(Decimal(text) * 100).normalize():f}%" if _SHARE.fullmatch(text) else f"{text}%"
