"""Reading what is nobody else's business: keys and passphrases."""

import os
import stat
from pathlib import Path

from microcred_cli.model.errors import MissingInputError, UnreadableFileError, UsageError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def is_exposed(path: Path) -> bool:
    """Return whether others than the owner have any right to a file; where a link leads counts.

    Windows says nothing of the kind in a file's mode; there nothing is exposed.
    """
    if os.name != "posix":
        return False
    mode = path.stat().st_mode
    return stat.S_ISREG(mode) and bool(mode & _OTHERS)


def read_first_line(path: Path, maximum: int) -> bytes:
    """Return the first line of a file or pipe with its end; at most ``maximum`` bytes and one more.

    Raises MissingInputError, UnreadableFileError and, for a folder, UsageError.
    """
    try:
        with path.open("rb") as stream:
            return stream.readline(maximum + 1)
    except FileNotFoundError as error:
        raise MissingInputError(
            str(path), "check the path; it is relative to the folder you are in"
        ) from error
    except OSError as error:
        if path.is_dir():
            raise UsageError(f"{path} is a folder", "name a file in it") from error
        raise UnreadableFileError(str(path), error.strerror or "") from error
