"""A text as a YAML scalar that every reader takes for that text."""

import re

from microcred_cli.texts.scalars import is_ambiguous_scalar, resolve_plain_scalar

# What begins something else than a text, and what ends a text or begins a comment inside it.
_NOT_PLAIN = re.compile(
    r"""[-?:](?:\s|$)|[,\[\]{}#&*!|>'"%@`]|---|\.\.\.|(?:=|<<)$|.*(?::(?:\s|$)|\s#)""", re.DOTALL
)
_FLOW_SIGNS = frozenset(",[]{}:?")
# What an editor does not show as it is: controls, marks of direction, separators, noncharacters.
_ESCAPED = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\uffff\U000e0000-\U000e007f]"
)


def write_scalar(text: str, style: str = "", *, in_flow: bool = False) -> str:
    """Return the text as a scalar on one line.

    ``style`` is the quote it should stand in (``'`` or ``"``), or nothing for none; where the text cannot
    stand so, it is quoted with ``"``. ``in_flow``: it is to stand between brackets or braces.
    """
    if style == '"' or _ESCAPED.search(text) is not None:
        return _quote(text)
    if style == "'":
        return "'{}'".format(text.replace("'", "''"))
    return text if _is_plain(text, in_flow=in_flow) else _quote(text)


def _is_plain(text: str, *, in_flow: bool) -> bool:
    """Return whether the text means itself without quotes, in YAML 1.1 and 1.2."""
    if not text or text != text.strip() or _NOT_PLAIN.match(text) is not None:
        return False
    if in_flow and not _FLOW_SIGNS.isdisjoint(text):
        return False
    return isinstance(resolve_plain_scalar(text), str) and not is_ambiguous_scalar(text)


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_ESCAPED.sub(_escape, escaped)}"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code <= 0xFF:  # noqa: PLR2004 - two digits
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits
