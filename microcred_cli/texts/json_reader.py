"""The strict JSON reader (RFC 8259), and the writer that goes with it.

What Python's json module passes over in silence is refused here: a key that stands there twice, NaN and
Infinity, numbers a double cannot hold, half a surrogate pair, encodings other than UTF-8, endless nesting.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import TypeAlias

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.safe import shorten

MAXIMUM_BYTES = 5_000_000
MAXIMUM_DEPTH = 64
# RFC 8259, 6: beyond it readers disagree about the value.
MAXIMUM_INTEGER = 2**53 - 1

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
# A string (group 2: the colon that makes it a key), a bracket, a number, or a word that passes for one.
_TOKEN = re.compile(rf"({_STRING})[ \t\n\r]*(:)?|[\[\]{{}}]|-?Infinity|NaN|{_NUMBER}", re.DOTALL)
_NESTING = re.compile(rf"{_STRING}|[\[\]{{}}]", re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# Escapes in their order; group 1: a surrogate that is not part of a pair.
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# What the json module says, by the start of its messages, and what is said here.
_FAULTS = {
    "Expecting value": "a value is missing or not written as JSON has it",
    "Extra data": "something stands behind the end of the document",
    "Expecting property name": "a key in double quotes is missing",
    "Illegal trailing comma": "a comma with nothing behind it",
    "Expecting ':'": "a colon is missing between key and value",
    "Expecting ','": "a comma or a closing bracket is missing",
    "Unterminated string": "a text that opens here is never closed",
    "Invalid control character": "a control character in a text, which must be written as an escape",
    "Invalid \\": "a backslash that begins no escape of JSON",
}


def read_json(data: bytes) -> Json | Refusal:
    """Return the value a JSON document holds.

    Refused, with line and column where there is one: what is not RFC 8259 in UTF-8 without byte order
    mark, more than 5 MB, nesting beyond 64, a key twice in one object, integers beyond ±(2⁵³ - 1), numbers
    that overflow a double, lone surrogates. A number too small for a double is zero.
    """
    text = _decode(data)
    if isinstance(text, Refusal):
        return text
    return _check_nesting(text) or _check_surrogates(text) or _parse(text)


def write_json(value: Json) -> str:
    """Return the value as JSON without a blank outside of texts, so that every byte of it has a meaning."""
    return _ENCODER.encode(value)


def _decode(data: bytes) -> str | Refusal:
    if len(data) > MAXIMUM_BYTES:
        return Refusal(f"more than {MAXIMUM_BYTES:,} bytes")
    if data.startswith(_BYTE_ORDER_MARKS):
        return Refusal("a byte order mark in front; JSON is UTF-8 without one")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = data[: error.start].decode("utf-8")
        return _refuse("bytes that are not UTF-8", readable, len(readable))


def _parse(text: str) -> Json | Refusal:
    try:
        value: Json = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        if not text.strip(" \t\n\r"):
            return Refusal("no JSON: nothing is there")
        faults = (said for start, said in _FAULTS.items() if error.msg.startswith(start))
        return _refuse(next(faults, "not JSON"), text, error.pos)
    except ValueError:
        reason, offset = next(_find_offences(text))
        return _refuse(reason, text, offset)
    return value


def _refuse(reason: str, text: str, offset: int) -> Refusal:
    position = LineIndex(text).position(offset)
    return Refusal(f"{reason} (line {position.line}, column {position.column})")


def _check_nesting(text: str) -> Refusal | None:
    """Refuse what nests too deep, before a recursive parser sees it."""
    if text.count("[") + text.count("{") <= MAXIMUM_DEPTH:
        return None
    depth = 0
    for match in _NESTING.finditer(text):
        first = match[0][0]
        if first in "[{":
            depth += 1
            if depth > MAXIMUM_DEPTH:
                return _refuse(f"nested deeper than {MAXIMUM_DEPTH} levels", text, match.start())
        elif first in "]}":
            depth -= 1
    return None


def _check_surrogates(text: str) -> Refusal | None:
    if _SURROGATE.search(text) is None:
        return None
    for match in _ESCAPE.finditer(text):
        if match[1] is not None:
            return _refuse(f"the escape {match[1]} is half a surrogate pair", text, match.start())
    return None


def _fault_number(text: str) -> str | None:
    """Return why a number, as JSON writes it, is refused; None if it is not."""
    if text in {"NaN", "Infinity", "-Infinity"}:
        return f"{text} is no number of JSON"
    if not text.lstrip("-").isdigit():
        return f"the number {shorten(text, 30)} is too large" if math.isinf(float(text)) else None
    # The length first: converting a number of millions of digits takes hours.
    if len(text) <= len(f"-{MAXIMUM_INTEGER}") and abs(int(text)) <= MAXIMUM_INTEGER:
        return None
    return f"the number {shorten(text, 30)} is beyond ±{MAXIMUM_INTEGER}"


def _find_offences(text: str) -> Iterator[tuple[str, int]]:
    """Yield what the hooks refuse, and where; as far as the text is JSON, which it is up to the first."""
    objects: list[set[str]] = []
    for match in _TOKEN.finditer(text):
        first = match[0][0]
        if first in "[{":
            objects.append(set())
        elif first in "]}":
            objects.pop()
        elif first != '"':
            fault = _fault_number(match[0])
            if fault is not None:
                yield fault, match.start()
        elif match[2] is not None:
            key = json.loads(match[1])
            if key in objects[-1]:
                yield f"the key `{shorten(key)}` stands twice in one object", match.start()
            objects[-1].add(key)


# The hooks only stop the reading; what is wrong, and where, is then looked for in the text.
def _take_integer(text: str) -> int:
    if _fault_number(text) is not None:
        raise ValueError
    return int(text)


def _take_float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError
    return value


def _refuse_constant(_text: str) -> float:
    raise ValueError


def _take_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    taken = dict(pairs)
    if len(taken) != len(pairs):
        raise ValueError
    return taken


_DECODER = json.JSONDecoder(
    parse_int=_take_integer,
    parse_float=_take_float,
    parse_constant=_refuse_constant,
    object_pairs_hook=_take_object,
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
