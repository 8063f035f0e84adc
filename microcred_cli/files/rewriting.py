"""Files that people keep, changed in place: only where nobody else changed them meanwhile."""

import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from microcred_cli.files.creating import create_file
from microcred_cli.files.flushing import flush_file, flush_folder
from microcred_cli.files.refusals import explain_refusal
from microcred_cli.files.temporaries import make_temporary_name
from microcred_cli.model.errors import UnwritableError

_CHANGED = "it was changed meanwhile; run it again"
_LINKED = "it has further names (hard links), which would keep the old content; copy it first"
_READ_ONLY = "it is read-only; make it writable, or name a copy of it"


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A file, the bytes it was read with, and those it is to have."""

    path: Path
    before: bytes
    after: bytes


def rewrite_files(rewritings: Sequence[Rewriting]) -> None:
    """Replace each file by its new bytes at once; whoever reads it meets the old ones or the new.

    A link stays one: the file it leads to is replaced. Permissions stay. Raises UnwritableError, also for a
    file that is read-only or no longer what it was; then no file has changed, unless the system refused one
    after all had been prepared.
    """
    prepared: list[tuple[Rewriting, Path, Path]] = []
    try:
        for each in rewritings:
            target = each.path.resolve()
            temporary = target.parent / make_temporary_name()
            with explain_refusal(each.path):
                known = target.stat()
                mode = stat.S_IMODE(known.st_mode)
                if not mode & 0o222 or not os.access(target, os.W_OK):
                    raise UnwritableError(str(each.path), _READ_ONLY)
                if known.st_nlink > 1:
                    raise UnwritableError(str(each.path), _LINKED)
                prepared.append((each, target, temporary))
                create_file(temporary, each.after, private=True)
                flush_file(temporary)
                _keep_owner(temporary, known)
                temporary.chmod(mode)
        for each, target, _temporary in prepared:
            with explain_refusal(each.path):
                if target.read_bytes() != each.before:
                    raise UnwritableError(str(each.path), _CHANGED)
        for each, target, temporary in prepared:
            with explain_refusal(each.path):
                temporary.replace(target)
                flush_folder(target.parent)
    finally:
        for _each, _target, temporary in prepared:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _keep_owner(path: Path, known: os.stat_result) -> None:
    """Give a file the owner that it had, where this process may and the system knows owners."""
    if hasattr(os, "chown") and (known.st_uid, known.st_gid) != (os.getuid(), os.getgid()):
        with suppress(OSError):
            os.chown(path, known.st_uid, known.st_gid)
