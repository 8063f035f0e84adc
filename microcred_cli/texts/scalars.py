"""What a plain YAML scalar means: the core schema of YAML 1.2.2, section 10.3.2.

One difference: ``.inf`` and ``.nan`` are text, because no rubric has a use for them and JSON, which the
schema for editors speaks of, has no such numbers.
"""

import re
from decimal import Decimal, InvalidOperation

Value = str | bool | Decimal | None

_WORDS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_INTEGER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
# Most texts are told by their first character.
_NUMERIC = frozenset("+-.0123456789")
# With these begins whatever YAML 1.1 and 1.2 read differently.
SUSPICIOUS = _NUMERIC | frozenset("yYnNoO")
# Stands for numbers that would take long to work out and that no rubric has: all bounds refuse it.
_BEYOND = Decimal("1e999999")
_DIGITS = 100

# What YAML 1.1 reads otherwise, so that another tool, or the reader's own eye, sees something else.
_AMBIGUOUS = re.compile(
    r"(?:y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)"  # truth values of 1.1
    r"|[-+]?0[0-9_]+"  # octal in 1.1, decimal in 1.2
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # base 60 in 1.1
    r"|[-+]?[0-9]+(?:_[0-9]+)+(?:\.[0-9_]*)?"  # digits grouped in 1.1
    r"|0b[01_]+|0o[0-7]+|0x[0-9a-fA-F_]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?",  # dates in 1.1
    re.ASCII,
)


def resolve_plain_scalar(text: str) -> Value:
    """Return the value of an unquoted scalar; every number as an exact Decimal."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    if _NUMBER.fullmatch(text) is not None:
        try:
            return Decimal(text)
        except InvalidOperation:  # an exponent with nineteen digits and more
            return _BEYOND
    if _INTEGER.fullmatch(text) is not None:
        return Decimal(int(text, 0)) if len(text) <= _DIGITS else _BEYOND
    return text


def is_ambiguous_scalar(text: str) -> bool:
    """Return whether YAML 1.1 and 1.2 read the unquoted scalar differently."""
    return text[:1] in SUSPICIOUS and _AMBIGUOUS.fullmatch(text) is not None
