"""Exit statuses; the README lists them for scripts."""

from enum import IntEnum


class Status(IntEnum):
    """What a command ends with."""

    GOOD = 0
    FINDINGS = 1
    USAGE = 2
    NO_INPUT = 3
    UNCHECKED = 4
    SURROUNDINGS = 5
    INTERNAL = 70
    INTERRUPTED = 130
