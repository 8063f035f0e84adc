"""The names under which files are written before they get their own."""

import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from microcred_cli.files.refusals import refuse_link

PREFIX = ".microcred-"


def make_temporary_name() -> str:
    """Return a name that nothing has yet."""
    return f"{PREFIX}{secrets.token_hex(8)}"


def is_temporary(name: str) -> bool:
    """Return whether a name is one that ``make_temporary_name`` gives; a user's like name is none."""
    return re.fullmatch(re.escape(PREFIX) + "[0-9a-f]{16}", name) is not None


def clear_temporary(folder: Path) -> None:
    """Remove the temporary files and folders that killed runs left in a folder, which need not exist.

    The caller holds the folder against other runs, whose files these would be otherwise. What the system
    does not let go stays: it is in nobody's way. Raises UnwritableError for a symbolic link.
    """
    refuse_link(folder)
    try:
        left = [path for path in folder.iterdir() if is_temporary(path.name)]
    except OSError:
        return
    for path in left:
        remove_temporary(path)


def remove_temporary(path: Path) -> None:
    """Remove a temporary file, or a temporary folder with all that is in it, as far as the system lets go."""
    with suppress(OSError):
        if path.is_symlink() or not path.is_dir():
            path.unlink()
        else:
            shutil.rmtree(path, ignore_errors=True)
