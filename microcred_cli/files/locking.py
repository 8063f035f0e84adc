"""One writer at a time in a folder. The system lets go of the lock when the program ends, however it ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from microcred_cli.model.errors import LockedFolderError

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, which locks by a file that goes with its owner
    fcntl = None  # type: ignore[assignment]

_LOCK = ".microcred-lock"


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold a folder that exists against other runs. Raises LockedFolderError at once if one has it."""
    try:
        descriptor = _open_lock(folder)
    except (BlockingIOError, FileExistsError) as error:
        name = folder.resolve().name
        raise LockedFolderError(name, "wait until it has ended, and run this again") from error
    try:
        yield
    finally:
        os.close(descriptor)


def _open_lock(folder: Path) -> int:
    if fcntl is None:  # pragma: no cover - Windows
        temporary: int = getattr(os, "O_TEMPORARY", 0)
        return os.open(folder / _LOCK, os.O_CREAT | os.O_EXCL | os.O_RDWR | temporary)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
