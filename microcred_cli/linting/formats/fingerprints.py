"""Marks by which a service knows a finding again after lines have moved; not a format, but part of two."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable

from microcred_cli.linting.record import LintFinding
from microcred_cli.texts.lines import LINE_BREAK

_BLOCK = 100
_FACTOR = 37
_MASK = (1 << 64) - 1
_END_OF_FILE = "\uffff"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LINE_FEED = re.compile("\n")


def hash_lines(text: str, numbers: Collection[int]) -> dict[int, str]:
    """Return, for these lines of a text, the hashes that GitHub's upload action works out.

    That action warns of every result that brings another one along. A hash covers the 100 UTF-16 units from
    the beginning of the line on that are neither spaces nor tabs, and counts those equal to it so far:
    ``src/fingerprints.ts`` in github/codeql-action.
    """
    dense = LINE_BREAK.sub("\n", text).replace(" ", "").replace("\t", "")
    units = _ASTRAL.sub(_split, dense) + _END_OF_FILE + "\0" * _BLOCK
    starts = [0, *(match.end() for match in _LINE_FEED.finditer(units))]
    seen: Counter[str] = Counter()
    hashes = {}
    for number, start in enumerate(starts[: max(numbers, default=0)], 1):
        block = units[start : start + _BLOCK]
        seen[block] += 1
        if number in numbers:
            hashes[number] = f"{_hash(block):x}:{seen[block]}"
    return hashes


def _split(match: re.Match[str]) -> str:
    """Return a character that UTF-16 writes with two units as these two."""
    place = ord(match[0]) - 0x10000
    return chr(0xD800 + (place >> 10)) + chr(0xDC00 + (place & 0x3FF))


def _hash(block: str) -> int:
    value = 0
    for unit in block:
        value = (value * _FACTOR + ord(unit)) & _MASK
    return value


def list_fingerprints(findings: Iterable[LintFinding]) -> list[str]:
    """Return a fingerprint for each finding, made of its file, rule and message, not of where it stands.

    Findings that are alike in all three are numbered in their order, so no two fingerprints are equal.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    fingerprints = []
    for finding in findings:
        alike = (finding.file, finding.code, finding.message)
        seen[alike] += 1
        named = "\0".join((*alike, str(seen[alike]))).encode("utf-8", "surrogatepass")
        fingerprints.append(hashlib.sha256(named).hexdigest())
    return fingerprints
