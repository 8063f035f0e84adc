"""What can be told of a large file by its bytes alone, in one pass."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from microcred_cli.model.errors import UnreadableFileError

_CHUNK = 4_000_000
_TAIL = 64_000
_ENDS = b"\r\n"


@dataclass(frozen=True, slots=True)
class FileScan:
    """What the bytes of a file tell.

    ``lines``: how many there are up to the last that is not blank; ``nul_line``: the first with a NUL
    character; ``is_ended``: the last line ends with a line break. ``is_plain``: line breaks are of one
    kind, and no quote has a space beside it; ``has_tabbed_quotes``: one has a tab beside it.
    """

    sha256: str
    lines: int
    nul_line: int | None
    is_ended: bool
    is_plain: bool
    has_tabbed_quotes: bool


def read_start(path: Path, size: int) -> bytes:
    """Return the first bytes of a file. Raises UnreadableFileError."""
    try:
        with path.open("rb") as stream:
            return stream.read(size)
    except OSError as error:
        raise UnreadableFileError(str(path), error.strerror or "") from error


def scan_file(path: Path) -> FileScan:
    """Return the hash of a file and what its bytes say of its lines. Raises UnreadableFileError."""
    digest = hashlib.sha256()
    nul_line, tail = None, b""
    counts = dict.fromkeys((b"\n", b"\r", b"\r\n"), 0)
    found = dict.fromkeys((b'" ', b' "', b'"\t', b'\t"'), False)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                if nul_line is None and (at := chunk.find(b"\0")) >= 0:
                    nul_line = counts[b"\n"] + chunk.count(b"\n", 0, at) + 1
                # A pair of bytes may be divided between two chunks.
                joined = tail[-1:] + chunk
                for pattern in counts:
                    counts[pattern] += (joined if len(pattern) > 1 else chunk).count(pattern)
                for pattern, known in found.items():
                    found[pattern] = known or pattern in joined
                tail = (tail + chunk)[-_TAIL:]
    except OSError as error:
        raise UnreadableFileError(str(path), error.strerror or "") from error
    breaks, returns, pairs = counts.values()
    blank = tail[len(tail.rstrip(_ENDS)) :].count(b"\n")
    return FileScan(
        digest.hexdigest(),
        breaks - blank + 1,
        nul_line,
        tail.endswith((b"\n", b"\r")),
        (returns == 0 or returns == pairs == breaks) and not (found[b'" '] or found[b' "']),
        found[b'"\t'] or found[b'\t"'],
    )
