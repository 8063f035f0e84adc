"""What was planned and issued, and the secret from which learners' marks and salts are made."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from types import NoneType
from typing import Any

from microcred_cli.ledger.marks import derive_mark
from microcred_cli.ledger.refusals import RESTORE, explain_refusal
from microcred_cli.ledger.store import (
    copy_store,
    create_store,
    is_store,
    make_store_in_memory,
    open_store,
)
from microcred_cli.model.errors import BrokenLedgerError
from microcred_cli.model.ledger import BadgeRecord, BadgeState

_FIELDS = tuple(field.name for field in fields(BadgeRecord))
_NAMES = ", ".join(_FIELDS)
_SELECT = f"select {_NAMES} from badge order by place"  # noqa: S608 - names of our own, no values
_INSERT = f"insert into badge ({_NAMES}, major) values ({'?, ' * len(_FIELDS)}?)"  # noqa: S608 - same
_STATES = frozenset(BadgeState)
_ISSUED_TYPES = [int if name == "status_index" else str for name in _FIELDS]
_PLANNED_TYPES = [
    NoneType if name == "file" else each for name, each in zip(_FIELDS, _ISSUED_TYPES, strict=True)
]
_SALT_DIGITS = 32


class Ledger:
    """The badges of one issuer.

    Each change is one transaction: on disk as a whole when the method returns, or not at all. Methods raise
    LockedFolderError, UnwritableError and BrokenLedgerError.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        with explain_refusal(path):
            self._secret: bytes = connection.execute("select bytes from secret").fetchone()[0]

    def identify(self, learner_key: str) -> str:
        """Return the mark under which a learner's badges are kept: an HMAC-SHA256 of the learner's key."""
        return derive_mark(self._secret, "learner", learner_key)

    def derive_salt(self, badge_id: str) -> str:
        """Return 128 bits, in hexadecimal digits, for the identity hash of a badge: always the same ones."""
        return derive_mark(self._secret, "salt", badge_id)[:_SALT_DIGITS]

    def list_badges(self) -> tuple[BadgeRecord, ...]:
        """Return all badges in the order in which they were planned."""
        with explain_refusal(self._path):
            return tuple(_read_badge(self._path, row) for row in self._connection.execute(_SELECT))

    def plan(self, records: Sequence[BadgeRecord]) -> None:
        """Record badges that are to be signed.

        Raises ValueError, and records none of them, when an id or a status index is used already, when a
        learner has a badge for the rubric and major version, and for a record that is not planned.
        """
        rows = [_write_badge(record) for record in records]
        with self._change() as connection:
            connection.executemany(_INSERT, rows)

    def mark_issued(self, files: Mapping[str, str]) -> None:
        """Record that badges are published: the SHA-256 of each signed file by the badge's id.

        What is recorded already may be recorded again. Raises ValueError, and records nothing, for an id
        that was not planned and for another file than the one recorded.
        """
        with self._change() as connection:
            for badge, file in files.items():
                cursor = connection.execute(
                    "update badge set state = 'issued', file = :file"
                    " where id = :id and (file is null or file = :file)",
                    {"id": badge, "file": file},
                )
                if cursor.rowcount != 1:
                    message = f"the badge {badge} was not planned, or is issued with another file"
                    raise ValueError(message)

    def forget(self, ids: Iterable[str]) -> None:
        """Remove badges that are planned and not issued; others stay as they are."""
        with self._change() as connection:
            rows = [(badge,) for badge in ids]
            connection.executemany("delete from badge where id = ? and state = 'planned'", rows)

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with explain_refusal(self._path):
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                # SQLite has undone it by itself after some errors of the disk.
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise


@contextmanager
def open_ledger(path: Path, make_secret: Callable[[], bytes]) -> Iterator[Ledger]:
    """Open the ledger of a folder that exists; where there is none, create it.

    ``make_secret`` gives 32 random bytes and is called only for a new ledger. The caller holds the folder
    against other runs. Raises LockedFolderError, UnwritableError, BrokenLedgerError and NewerLedgerError.
    """
    with explain_refusal(path):
        if not is_store(path):
            create_store(path, make_secret())
        connection = open_store(path, str(path))
    with closing(connection):
        yield Ledger(path, connection)


@contextmanager
def read_ledger(path: Path, make_secret: Callable[[], bytes]) -> Iterator[Ledger]:
    """Return a ledger to try things on: in memory, as it is on disk, or a new one where there is none.

    On disk nothing is created or changed. Raises as ``open_ledger`` does, and UnreadableFileError.
    """
    with explain_refusal(path):
        connection = copy_store(path) if is_store(path) else make_store_in_memory(make_secret())
    with closing(connection):
        yield Ledger(path, connection)


def _write_badge(record: BadgeRecord) -> tuple[object, ...]:
    if record.state is not BadgeState.PLANNED or record.file is not None:
        message = f"the badge {record.id} is past planning"
        raise ValueError(message)
    return (*(getattr(record, name) for name in _FIELDS), int(record.version.split(".")[0]))


def _read_badge(path: Path, row: tuple[Any, ...]) -> BadgeRecord:
    values = dict(zip(_FIELDS, row, strict=True))
    kinds = [type(value) for value in row]
    if kinds not in (_ISSUED_TYPES, _PLANNED_TYPES) or values["state"] not in _STATES:
        raise BrokenLedgerError(str(path), RESTORE)
    return BadgeRecord(**{**values, "state": BadgeState(values["state"])})
