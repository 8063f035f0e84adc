"""What the system refuses, in words that say what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from microcred_cli.model.errors import UnwritableError

_FORBIDDEN = "you may not write there, or another program has it open; close it or name another folder"
_NO_FOLDER = "a file has the name of a folder it needs; rename the file or name another folder"
_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and run it again",
    getattr(errno, "EDQUOT", -1): "your share of the disk is used up; free some space and run it again",
    errno.EROFS: "the disk is read-only; name a folder elsewhere",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.EISDIR: "a folder has the name of a file it needs; rename the folder or name another one",
    errno.ENAMETOOLONG: "the name is too long; name a folder with a shorter one",
    errno.ENOENT: "a folder vanished while it was written to; is another microcred at work there?",
}


@contextmanager
def explain_refusal(path: Path) -> Iterator[None]:
    """Turn the system's refusal into an UnwritableError about ``path`` that says what to do."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise UnwritableError(str(path), reason) from error


def refuse_link(folder: Path) -> None:
    """Raise UnwritableError when a folder to write into is a symbolic link: it may lead anywhere."""
    if folder.is_symlink():
        raise UnwritableError(str(folder), "it is a symbolic link; name the folder it leads to")
