"""The file the ledger is in: how it comes to be, and what is checked before it is believed."""

import os
import shutil
import sqlite3
import stat
import struct
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from microcred_cli.ledger.marks import SECRET_BYTES, derive_mark
from microcred_cli.ledger.refusals import RESTORE
from microcred_cli.model.errors import (
    BrokenLedgerError,
    LockedFolderError,
    NewerLedgerError,
    UnreadableFileError,
    UnwritableError,
)

# Says in the file's header whose it is: "mcrd" as a number (https://www.sqlite.org/fileformat.html, 1.3).
APPLICATION = 0x6D637264
VERSION = 1
_TABLES = (
    "create table secret (bytes blob not null, mark text not null)",
    """create table badge (
        place integer primary key,
        id text not null unique,
        learner text not null,
        rubric text not null,
        version text not null,
        major integer not null,
        status_index integer not null unique,
        key text not null,
        valid_from text not null,
        document text not null,
        state text not null,
        file text,
        unique (learner, rubric, major),
        check (state in ('planned', 'issued') and (file is null) = (state = 'planned'))
    )""",
)
_HEADER = struct.Struct(">16s2x2B48xi28x")
_MAGIC = b"SQLite format 3\0"
_PATIENCE = 1.0  # seconds another program may hold the file
_SETTINGS = (
    "trusted_schema = off",
    "cell_size_check = on",
    "temp_store = memory",
    "synchronous = full",
    # Elsewhere than on macOS this does nothing; there a plain flush stops at the disk's own memory.
    "fullfsync = on",
    "secure_delete = on",
)
_JOURNALS = ("-wal", "-journal")


def is_store(path: Path) -> bool:
    """Return whether a ledger is there, whatever its state.

    Raises UnwritableError for a symbolic link, and BrokenLedgerError for what is no file and for the
    journal of a ledger that is gone: SQLite would play it into any new one.
    """
    if path.is_symlink():
        raise UnwritableError(str(path), "it is a symbolic link; put the ledger itself there")
    if path.is_file():
        return True
    if os.path.lexists(path) or any(_exists_with_content(each) for each in _name_journals(path)):
        raise BrokenLedgerError(str(path), RESTORE)
    return False


def create_store(path: Path, secret: bytes) -> None:
    """Create a ledger without badges, whole or not at all, which only its owner may read.

    Nothing may be there (``is_store``), and the caller holds the folder against other runs. Raises
    OSError and sqlite3.Error.
    """
    new = path.with_name(f"{path.name}.new")
    leftovers = (new, *_name_journals(new))
    try:
        for each in leftovers:
            each.unlink(missing_ok=True)
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(_connect(new)) as connection:
            _create_tables(connection, secret)
        # SQLite flushes the folder with the first commit, as it makes the journal then.
        new.replace(path)
    except BaseException:
        for each in leftovers:
            with suppress(OSError):
                each.unlink(missing_ok=True)
        raise


def open_store(path: Path, name: str) -> sqlite3.Connection:
    """Open a ledger that is there, and check all of it; what a killed run left half-done is undone.

    ``name`` is what errors call it. Raises BrokenLedgerError, NewerLedgerError, OSError and sqlite3.Error.
    """
    _check_header(path, name)
    _protect(path)
    connection = _connect(path)
    try:
        _check_content(connection, name)
        connection.execute("pragma journal_mode = wal")
    except BaseException:
        connection.close()
        raise
    return connection


def copy_store(path: Path) -> sqlite3.Connection:
    """Return a copy in memory of a ledger that is there; nothing beside it is created or changed.

    SQLite itself would: it cannot read what a killed run left without the files it works with. Raises
    BrokenLedgerError, NewerLedgerError, UnreadableFileError, LockedFolderError when it is written to
    meanwhile, OSError and sqlite3.Error.
    """
    with tempfile.TemporaryDirectory(prefix="microcred-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "ledger.db"
        _copy_files(path, copy)
        with closing(open_store(copy, str(path))) as source:
            memory = _connect(None)
            try:
                source.backup(memory)
            except BaseException:
                memory.close()
                raise
            return memory


def make_store_in_memory(secret: bytes) -> sqlite3.Connection:
    """Return a ledger without badges that is gone when it is closed."""
    connection = _connect(None)
    _create_tables(connection, secret)
    return connection


def _connect(path: Path | None) -> sqlite3.Connection:
    # An absolute path is never taken for a URI or for one of SQLite's special names.
    place = ":memory:" if path is None else os.path.abspath(path)  # noqa: PTH100 - the name in bytes stays
    connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None)
    try:
        for setting in _SETTINGS:
            connection.execute(f"pragma {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _create_tables(connection: sqlite3.Connection, secret: bytes) -> None:
    if len(secret) != SECRET_BYTES:
        message = f"the secret has {len(secret)} bytes instead of {SECRET_BYTES}"
        raise ValueError(message)
    connection.execute("begin immediate")
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute("insert into secret values (?, ?)", (secret, derive_mark(secret, "secret", "")))
    connection.execute(f"pragma application_id = {APPLICATION}")
    connection.execute(f"pragma user_version = {VERSION}")
    connection.execute("commit")


def _check_header(path: Path, name: str) -> None:
    """Check what the file says of itself, before SQLite touches what may be another program's.

    Or what may not be written to: SQLite would leave files beside it that may not be either.
    """
    with path.open("r+b") as stream:
        header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise BrokenLedgerError(name, RESTORE)
    magic, writer, reader, application = _HEADER.unpack(header)
    # A higher format for writers would make SQLite take the file for a read-only one.
    if magic != _MAGIC or not {writer, reader} <= {1, 2}:
        raise BrokenLedgerError(name, RESTORE)
    if application != APPLICATION:
        raise BrokenLedgerError(name, f"it seems to be another program's; move it away, or {RESTORE}")


def _protect(path: Path) -> None:
    """Keep others from reading a ledger that came back with other rights, from a backup for example.

    SQLite gives the files beside it the same rights.
    """
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            # An owner who may not write has it so for a reason.
            path.chmod(mode & stat.S_IRWXU)


def _check_content(connection: sqlite3.Connection, name: str) -> None:
    version = connection.execute("pragma user_version").fetchone()[0]
    if version > VERSION:
        raise NewerLedgerError(name, "update microcred; nothing was changed")
    with closing(make_store_in_memory(bytes(SECRET_BYTES))) as model:
        same = version == VERSION and _list_tables(connection) == _list_tables(model)
    if not same or connection.execute("pragma integrity_check(1)").fetchall() != [("ok",)]:
        raise BrokenLedgerError(name, RESTORE)
    # With one wrong bit in the secret, every learner would be a new one and get a second badge.
    rows = connection.execute("select bytes, mark from secret").fetchall()
    if (
        len(rows) != 1
        or not isinstance(rows[0][0], bytes)
        or rows != [(rows[0][0], derive_mark(rows[0][0], "secret", ""))]
    ):
        raise BrokenLedgerError(name, RESTORE)


def _list_tables(connection: sqlite3.Connection) -> list[tuple[str, str, str, str | None]]:
    return connection.execute("select type, name, tbl_name, sql from sqlite_master order by name").fetchall()


def _copy_files(path: Path, copy: Path) -> None:
    files = (path, *_name_journals(path))
    before = [_describe_file(each) for each in files]
    for source, target in zip(files, (copy, *_name_journals(copy)), strict=True):
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            continue
        except PermissionError as error:
            raise UnreadableFileError(str(source), error.strerror or "") from error
    if [_describe_file(each) for each in files] != before:
        raise LockedFolderError(str(path.parent), "wait until it has ended, and run this again")


def _describe_file(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _name_journals(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + suffix) for suffix in _JOURNALS)


def _exists_with_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
