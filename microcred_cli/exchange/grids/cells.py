"""What a cell of our own grid says: a text as it is, anything else as the rubric's file has it on one line.

A text that no cell carries as it is (white space around it, control characters, an apostrophe before what
looks like a formula) stands in double quotes, in which a backslash shows that they are no part of it.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from microcred_cli.model.number_words import write_number
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts import nodes
from microcred_cli.texts.csv_writer import read_guarded
from microcred_cli.texts.yaml_reader import read_yaml_text
from microcred_cli.texts.yaml_writer import write_scalar

_NOT_IN_CELLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_MOST_LINES = 500
# libyaml finds the colon of a key only so near, unless the key is marked.
_LONGEST_KEY = 500
_WORD = re.compile("[a-z][a-z_]*")
_HARMLESS = frozenset({"ambiguous-scalar", "bidi-character"})


def write_text(text: str) -> str:
    """Return what a cell says for the text; ``read_text`` gives the text back."""
    if _is_plain(text):
        return text
    quoted = write_scalar(text, '"')
    return quoted if "\\" in quoted else f'"{_escape(text[0])}{quoted[2:]}'


def _is_plain(text: str) -> bool:
    if text != text.strip() or _NOT_IN_CELLS.search(text) is not None or text.count("\n") > _MOST_LINES:
        return False
    return not _is_quoted(text) and read_guarded(text) == text


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\U{code:08x}"  # noqa: PLR2004 - two digits


def _is_quoted(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] == '"' and "\\" in cell


def read_text(cell: str) -> str:
    """Return the text that a cell says."""
    text = clean_cell(cell)
    if _is_quoted(text):
        document = read_yaml_text(text)
        if isinstance(document.root, nodes.Scalar) and not document.root.plain and not document.findings:
            return document.root.text
    return text


def clean_cell(cell: str) -> str:
    """Return what stands in a cell, without white space around it and with line breaks of one kind."""
    return read_guarded(cell.replace("\r\n", "\n").replace("\r", "\n").strip())


def write_flow(value: Any) -> str:
    """Return a value of a rubric's file on one line, with brackets and braces."""
    if isinstance(value, Mapping):
        return "{{{}}}".format(
            ", ".join(f"{_write_key(key)}: {write_flow(each)}" for key, each in value.items())
        )
    if isinstance(value, list):
        return f"[{', '.join(map(write_flow, value))}]"
    if isinstance(value, str):
        return write_scalar(value, in_flow=True)
    return write_number(Decimal(value))


def _write_key(key: str) -> str:
    # A key is a text however it is written, `n` as well.
    if _WORD.fullmatch(key) is not None:
        return key
    written = write_scalar(key, in_flow=True)
    return f"? {written}" if len(written) > _LONGEST_KEY else written


def read_flow(cell: str, place: Place) -> Any:
    """Return the value that a cell says as the rubric's file does, or a problem where it says none."""
    document = read_yaml_text(clean_cell(cell))
    fault = next((each for each in document.findings if each.rule not in _HARMLESS), None)
    if fault is not None or document.root is None:
        message = "nothing stands here" if fault is None else fault.message
        advice = (
            "write it as the rubric's file does on one line, for example {at_least: 2, of: [listens, speaks]}"
        )
        return Problem(message, place, advice)
    return _read_node(document.root)


def _read_node(node: nodes.Node) -> Any:
    # The depth of nodes is bounded by their reader.
    if isinstance(node, nodes.Mapping):
        return {key.text: _read_node(value) for key, value in node.pairs}
    if isinstance(node, nodes.Sequence):
        return [_read_node(each) for each in node.items]
    return node.value


def write_items(items: list[dict[str, Any]]) -> list[str]:
    """Return a line for each evidence item: its name where it has nothing else."""
    return [_write_item(item) for item in items]


def _write_item(item: dict[str, Any]) -> str:
    name: str = item["item"]
    is_alone = len(item) == 1 and "\n" not in name and not name.startswith("{") and _is_plain(name)
    return name if is_alone else write_flow(item)


def read_items(cell: str, place: Place) -> list[dict[str, Any] | Problem]:
    """Return the evidence items that the lines of a cell name."""
    lines = (line.strip() for line in clean_cell(cell).split("\n"))
    return [_read_item(line, place) for line in lines if line]


def _read_item(line: str, place: Place) -> dict[str, Any] | Problem:
    read = read_flow(line, place) if line.startswith("{") else {"item": line}
    item: dict[str, Any] | Problem = read
    return item
