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
    character; ``is_ended``: the last line ends with a line break.
    """

    sha256: str
    lines: int
    nul_line: int | None
    is_ended: bool


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
    breaks, nul_line, tail = 0, None, b""
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                if nul_line is None and (at := chunk.find(b"\0")) >= 0:
                    nul_line = breaks + chunk.count(b"\n", 0, at) + 1
                breaks += chunk.count(b"\n")
                tail = (tail + chunk)[-_TAIL:]
    except OSError as error:
        raise UnreadableFileError(str(path), error.strerror or "") from error
    blank = tail[len(tail.rstrip(_ENDS)) :].count(b"\n")
    return FileScan(digest.hexdigest(), breaks - blank + 1, nul_line, tail.endswith((b"\n", b"\r")))
