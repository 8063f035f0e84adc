"""Characters a badge may hold, but ours do not."""

import re

from microcred_cli.credentials.library import Json
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.safe import shorten

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def find_control_character(value: Json, place: str = "$") -> Refusal | None:
    """Return where a control character other than tab and line break stands, or U+FFFE or U+FFFF.

    URDNA2015, which verifiers in Python still use, leaves them as they are; RDFC-1.0 escapes them. A
    signature over one would hold here and be refused there.
    """
    found: Refusal | None = None
    if isinstance(value, str):
        match = _CONTROL.search(value)
        if match is not None:
            found = Refusal(f"{place}: it holds the control character U+{ord(match[0]):04X}")
    elif isinstance(value, dict):
        for key, each in value.items():
            found = found or find_control_character(each, f"{place}.{shorten(key)}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            found = found or find_control_character(each, f"{place}[{index}]")
    return found
