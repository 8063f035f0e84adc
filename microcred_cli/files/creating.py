"""New files and folders, never over what is there, and how a run that failed takes its own away again."""

import os
from contextlib import suppress
from pathlib import Path


def create_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that must not exist; with ``private`` only its owner may read it. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600 if private else 0o666), "wb") as stream:
        stream.write(data)


def create_folders(folder: Path, created: list[Path]) -> None:
    """Create a folder and those above it; what was created is added to the list, outermost first.

    Raises OSError.
    """
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir()
            created.append(each)


def create_private_folder(folder: Path) -> None:
    """Create a folder that only its owner may look into. Raises OSError."""
    # On Windows 0o700 would cut the files in it off from the rights the folder above passes on.
    folder.mkdir(0o700 if os.name == "posix" else 0o777)


def remove_created(paths: list[Path]) -> None:
    """Remove what this run created, last first; a folder that others wrote into meanwhile stays."""
    for path in reversed(paths):
        with suppress(OSError):
            if path.is_symlink() or not path.is_dir():
                path.unlink()
            else:
                path.rmdir()
