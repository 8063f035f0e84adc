"""What is no whole ledger is refused in words, whatever its bytes, and stays as it is."""

import os
import random
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microcred_cli.ledger.ledger import Ledger, open_ledger, read_ledger
from microcred_cli.model.errors import (
    BrokenLedgerError,
    MicrocredError,
    NewerLedgerError,
    UnwritableError,
)
from tests.ledger.records import hash_file, make_record, make_secret

Opener = Callable[[Path, Callable[[], bytes]], AbstractContextManager[Ledger]]
MORE = [make_record(number) for number in range(1000, 1050)]
OPENERS: tuple[Opener, ...] = (open_ledger, read_ledger)
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "ledger.db"
    with open_ledger(path, make_secret) as ledger:
        ledger.plan([make_record(number) for number in range(60)])
        ledger.mark_issued({make_record(number).id: hash_file(number) for number in range(30)})
    return path


def run_sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def make_other_database(path: Path) -> None:
    run_sql(
        path, "pragma journal_mode = wal", "create table notes (text)", "insert into notes values ('mine')"
    )


def make_text(path: Path) -> None:
    path.write_text("learner,badge\nada,1\n" * 500, encoding="utf-8")


def make_noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(20_000))  # noqa: S311 - noise needs no secrecy


BROKEN: dict[str, Callable[[Path], object]] = {
    "another program's database": make_other_database,
    "text": make_text,
    "noise": make_noise,
    "empty": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(b"S"),
    "a folder": lambda path: path.mkdir(),
    "only its journal": lambda path: path.with_name("ledger.db-wal").write_bytes(b"x" * 4000),
}
TAMPERED = {
    "no version": ("pragma user_version = 0",),
    "version below zero": ("pragma user_version = -1",),
    "no table": ("drop table badge",),
    "another table": ("create table notes (text)",),
    "a trigger": ("create trigger t after insert on badge begin delete from badge; end",),
    "a column more": ("alter table badge add column name text",),
    "no secret": ("delete from secret",),
    "two secrets": ("insert into secret select * from secret",),
    "a short secret": ("update secret set bytes = zeroblob(31)",),
    "one bit of the secret": ("update secret set bytes = cast('!' || substr(bytes, 2) as blob)",),
    "a secret as text": ("update secret set bytes = '12345678901234567890123456789012'",),
    "bytes as text": ("update badge set document = zeroblob(8) where place = 3",),
    "text that is no UTF-8": ("update badge set document = cast(x'ff' as text) where place = 3",),
    "text as number": ("update badge set status_index = 'x' where place = 3",),
    "unknown state": ("pragma ignore_check_constraints = on", "update badge set state = 'lost'"),
    "issued without file": ("pragma ignore_check_constraints = on", "update badge set state = 'issued'"),
}


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_what_is_no_ledger_is_refused_and_stays(
    tmp_path: Path, make: Callable[[Path], object], opener: Opener
) -> None:
    path = tmp_path / "ledger.db"
    make(path)
    before = {each.name: each.is_file() and each.read_bytes() for each in tmp_path.iterdir()}
    with pytest.raises(BrokenLedgerError, match="not a whole ledger") as caught, opener(path, make_secret):
        pass
    assert str(path) in str(caught.value)
    assert "put back a copy" in caught.value.advice
    assert "stay valid" in caught.value.advice
    assert caught.value.status == 1
    assert {each.name: each.is_file() and each.read_bytes() for each in tmp_path.iterdir()} == before


def test_another_programs_database_is_told_apart(tmp_path: Path) -> None:
    make_other_database(tmp_path / "ledger.db")
    with pytest.raises(BrokenLedgerError) as caught, open_ledger(tmp_path / "ledger.db", make_secret):
        pass
    assert "another program" in caught.value.advice


@posix
@pytest.mark.parametrize("opener", OPENERS)
def test_a_pipe_is_no_ledger_and_nobody_waits_for_it(tmp_path: Path, opener: Opener) -> None:
    os.mkfifo(tmp_path / "ledger.db")
    with pytest.raises(BrokenLedgerError), opener(tmp_path / "ledger.db", make_secret):
        pass


@posix
@pytest.mark.parametrize("opener", OPENERS)
def test_a_link_is_refused(tmp_path: Path, opener: Opener) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "ledger.db").symlink_to(tmp_path / "elsewhere" / "ledger.db")
    with pytest.raises(UnwritableError) as caught, opener(tmp_path / "ledger.db", make_secret):
        pass
    assert "symbolic link" in caught.value.advice
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("statements", TAMPERED.values(), ids=TAMPERED)
def test_what_was_tampered_with_is_refused(
    tmp_path: Path, whole: Path, statements: tuple[str, ...], opener: Opener
) -> None:
    path = tmp_path / "ledger.db"
    shutil.copyfile(whole, path)
    run_sql(path, *statements)
    with pytest.raises(BrokenLedgerError), opener(path, make_secret) as ledger:
        ledger.list_badges()


@pytest.mark.parametrize("opener", OPENERS)
def test_a_newer_ledger_has_a_sentence_of_its_own(tmp_path: Path, whole: Path, opener: Opener) -> None:
    path = tmp_path / "ledger.db"
    shutil.copyfile(whole, path)
    run_sql(path, "pragma user_version = 2", "create table more (text)")
    before = path.read_bytes()
    with pytest.raises(NewerLedgerError, match="newer microcred") as caught, opener(path, make_secret):
        pass
    assert "update microcred" in caught.value.advice
    assert path.read_bytes() == before


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("share", range(10))
def test_a_truncated_ledger_is_refused(tmp_path: Path, whole: Path, share: int, opener: Opener) -> None:
    path = tmp_path / "ledger.db"
    data = whole.read_bytes()
    path.write_bytes(data[: len(data) * share // 10])
    with pytest.raises(BrokenLedgerError), opener(path, make_secret):
        pass


def try_everything(path: Path) -> None:
    """Open and use what may be broken; any error but ours comes through."""
    for opener in OPENERS:
        try:
            with opener(path, make_secret) as ledger:
                ledger.list_badges()
                ledger.plan(MORE)
                ledger.forget([record.id for record in MORE])
        except MicrocredError as error:
            assert error.status in {1, 5}  # noqa: PT017 - either is right


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.dictionaries(
        st.one_of(st.integers(0, 120), st.integers(0, 2**31)), st.integers(1, 255), min_size=1, max_size=8
    )
)
def test_changed_bytes_are_no_traceback(tmp_path: Path, whole: Path, changes: dict[int, int]) -> None:
    data = bytearray(whole.read_bytes())
    for place, change in changes.items():
        data[place % len(data)] ^= change
    path = tmp_path / "ledger.db"
    for left in tmp_path.iterdir():
        left.unlink()
    path.write_bytes(data)
    try_everything(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(journal=st.binary(max_size=200), repeat=st.sampled_from([1, 30, 400]), real=st.booleans())
def test_a_journal_of_any_bytes_is_no_traceback(
    tmp_path: Path, whole: Path, journal: bytes, repeat: int, *, real: bool
) -> None:
    """With the real first words of a journal too, so that SQLite reads on."""
    for left in tmp_path.iterdir():
        left.unlink()
    path = tmp_path / "ledger.db"
    shutil.copyfile(whole, path)
    start = struct.pack(">4I", 0x377F0682, 3007000, 4096, 0) if real else b""
    (tmp_path / "ledger.db-wal").write_bytes(start + journal * repeat)
    try_everything(path)


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\0", b"x" * 5000])
def test_what_a_run_killed_while_creating_left_is_started_over(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "ledger.db.new").write_bytes(left)
    (tmp_path / "ledger.db.new-journal").write_bytes(left)
    with open_ledger(tmp_path / "ledger.db", make_secret) as ledger:
        assert ledger.list_badges() == ()
    assert [each.name for each in tmp_path.iterdir()] == ["ledger.db"]
