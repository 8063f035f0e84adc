"""What SQLite and the system refuse, as errors that say what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from microcred_cli.model.errors import BrokenLedgerError, LockedFolderError, MicrocredError, UnwritableError

RESTORE = (
    "put back a copy from your backup, and remove the -wal and -shm files beside it unless they are that "
    "copy's; badges that were issued stay valid"
)
_FULL = "the disk is full; free some space and run it again"
_FORBIDDEN = "you may not write there, or the disk is read-only"
# By primary result code: https://www.sqlite.org/rescode.html
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
# SQLITE_ERROR says that a statement does not fit the file, and the statements are always the same few.
_BROKEN = frozenset(
    {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
)
_UNWRITABLE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; you may not write to its folder, or the disk is read-only",
    sqlite3.SQLITE_IOERR: "the disk reports an error; it is full, gone or damaged",
}
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
}


@contextmanager
def explain_refusal(path: Path) -> Iterator[None]:
    """Turn a refusal while the ledger at ``path`` is worked on into an error that says what to do.

    That is LockedFolderError, UnwritableError or BrokenLedgerError; ValueError for what breaks a
    constraint of the tables; any other error of SQLite is ours and stays.
    """
    try:
        yield
    except sqlite3.Error as error:
        refusal = _describe_error(path, error)
        if refusal is None:
            raise
        raise refusal from error
    except UnicodeDecodeError as error:
        # Python could not read SQLite's own message, which quotes what the file says.
        raise BrokenLedgerError(str(path), RESTORE) from error
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise UnwritableError(str(path), reason) from error


def _describe_error(path: Path, error: sqlite3.Error) -> MicrocredError | ValueError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python itself says that a text is no UTF-8.
        return BrokenLedgerError(str(path), RESTORE) if isinstance(error, sqlite3.OperationalError) else None
    primary = code & 0xFF
    if primary in _LOCKED:
        return LockedFolderError(str(path.parent), "wait until it has ended, and run this again")
    if primary in _BROKEN:
        return BrokenLedgerError(str(path), RESTORE)
    if primary in _UNWRITABLE:
        return UnwritableError(str(path), _UNWRITABLE[primary])
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return ValueError(str(error))
    return None
