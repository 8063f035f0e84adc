"""New files, written so that nothing half-written is ever taken for a result.

They are written under a temporary name beside their place, flushed, and only then given their name.
"""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from microcred_cli.files.creating import create_file, create_folders, remove_created
from microcred_cli.files.flushing import UNSUPPORTED, flush_file, flush_folder
from microcred_cli.files.refusals import explain_refusal
from microcred_cli.files.temporaries import make_temporary_name
from microcred_cli.model.errors import ExistingFileError

# File systems on which a file cannot have two names.
_NO_LINKS = UNSUPPORTED | {errno.EPERM, errno.EMLINK}


def write_new_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that must not exist yet; with ``private`` only its owner may read it (0600).

    Raises ExistingFileError and UnwritableError; the name is taken only once all bytes are on disk.
    """
    if os.path.lexists(path):
        raise _refuse_existing([str(path)])
    temporary = path.parent / make_temporary_name()
    with explain_refusal(path):
        try:
            create_file(temporary, data, private=private)
            flush_file(temporary)
            _give_name(temporary, path)
        except FileExistsError as error:
            raise _refuse_existing([str(path)]) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        try:
            flush_folder(path.parent)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def write_new_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files (by name, with forward slashes) into a folder, all of them or none.

    Folders on the way are created. Raises ExistingFileError, which names every file that exists
    already, before anything is written; and UnwritableError.
    """
    paths = {folder.joinpath(*name.split("/")): data for name, data in files.items()}
    existing = [str(path) for path in paths if os.path.lexists(path)]
    if existing:
        raise _refuse_existing(existing)
    created: list[Path] = []
    try:
        for path, data in paths.items():
            with explain_refusal(path.parent):
                create_folders(path.parent, created)
            write_new_file(path, data)
            created.append(path)
    except BaseException:
        remove_created(created)
        raise


def _refuse_existing(names: list[str]) -> ExistingFileError:
    *others, last = names
    subject = f"each of {', '.join(others)} and {last}" if others else last
    return ExistingFileError(subject, "nothing was written; move what is there away, or name another folder")


def _give_name(temporary: Path, path: Path) -> None:
    """Give a finished file its name, unless something has that name (FileExistsError)."""
    if os.name == "nt":
        os.rename(temporary, path)  # noqa: PTH104 - Path.rename promises no refusal; on Windows this does
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise
