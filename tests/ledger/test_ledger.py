"""The ledger: what is planned stays planned, what is issued stays issued, and no learner is in it."""

import hashlib
import hmac
import os
import sqlite3
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from microcred_cli.ledger.ledger import Ledger, open_ledger, read_ledger
from microcred_cli.model.ledger import BadgeRecord, BadgeState
from tests.ledger.records import SECRET, hash_file, make_record, make_secret, refuse_secret

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def plan(path: Path, records: Sequence[BadgeRecord]) -> None:
    with open_ledger(path, make_secret) as ledger:
        ledger.plan(records)


def listing(path: Path) -> tuple[BadgeRecord, ...]:
    with open_ledger(path, refuse_secret) as ledger:
        return ledger.list_badges()


def issue(record: BadgeRecord, file: str) -> BadgeRecord:
    return replace(record, state=BadgeState.ISSUED, file=file)


def test_a_new_ledger_is_empty_and_leaves_one_file(path: Path) -> None:
    with open_ledger(path, make_secret) as ledger:
        assert ledger.list_badges() == ()
    assert [each.name for each in path.parent.iterdir()] == ["ledger.db"]


def test_badges_come_back_as_planned_in_that_order(path: Path) -> None:
    records = [make_record(number) for number in (5, 3, 9, 1)]
    plan(path, records[:3])
    plan(path, records[3:])
    assert listing(path) == tuple(records)


def test_order_holds_after_the_last_is_forgotten(path: Path) -> None:
    plan(path, [make_record(1), make_record(2)])
    with open_ledger(path, refuse_secret) as ledger:
        ledger.forget([make_record(2).id])
        ledger.plan([make_record(3), make_record(2)])
    assert listing(path) == (make_record(1), make_record(3), make_record(2))


def test_planning_nothing(path: Path) -> None:
    plan(path, [])
    assert listing(path) == ()


@pytest.mark.parametrize(
    "second",
    [
        make_record(2, learner=make_record(1).learner),
        make_record(2, learner=make_record(1).learner, version="1.9.3"),
        make_record(2, id=make_record(1).id),
        make_record(2, status_index=make_record(1).status_index),
        make_record(2, state=BadgeState.ISSUED, file=hash_file(2)),
        make_record(2, state=BadgeState.ISSUED),
        make_record(2, file=hash_file(2)),
        make_record(2, version="one"),
    ],
    ids=["learner", "minor version", "id", "status index", "issued", "no file", "file", "version"],
)
def test_what_may_not_be_planned_is_planned_by_no_half(path: Path, second: BadgeRecord) -> None:
    plan(path, [make_record(1)])
    with open_ledger(path, refuse_secret) as ledger:
        with pytest.raises(ValueError, match=r".") as caught:
            ledger.plan([make_record(3), second, make_record(4)])
        assert second.learner not in str(caught.value)
        ledger.plan([make_record(5)])
    assert listing(path) == (make_record(1), make_record(5))


@pytest.mark.parametrize("change", [{"rubric": "writing"}, {"version": "2.0.0"}])
def test_one_badge_for_each_rubric_and_major_version(path: Path, change: dict[str, str]) -> None:
    other = make_record(2, learner=make_record(1).learner, **change)
    plan(path, [make_record(1), other])
    assert listing(path) == (make_record(1), other)


def test_issued_badges_name_their_file_however_often_that_is_said(path: Path) -> None:
    plan(path, [make_record(number) for number in range(4)])
    for numbers in ((2, 0), (0,), (0, 1), ()):
        with open_ledger(path, refuse_secret) as ledger:
            ledger.mark_issued({make_record(number).id: hash_file(number) for number in numbers})
    issued = [issue(make_record(number), hash_file(number)) for number in range(3)]
    assert listing(path) == (*issued, make_record(3))


@pytest.mark.parametrize("wrong", [{make_record(1).id: hash_file(9)}, {make_record(9).id: hash_file(9)}])
def test_another_file_or_an_unknown_badge_is_marked_by_no_half(path: Path, wrong: dict[str, str]) -> None:
    plan(path, [make_record(1), make_record(2)])
    with open_ledger(path, refuse_secret) as ledger:
        ledger.mark_issued({make_record(1).id: hash_file(1)})
        with pytest.raises(ValueError, match="was not planned"):
            ledger.mark_issued({make_record(2).id: hash_file(2), **wrong})
    assert listing(path) == (issue(make_record(1), hash_file(1)), make_record(2))


def test_only_planned_badges_are_forgotten(path: Path) -> None:
    plan(path, [make_record(1), make_record(2), make_record(3)])
    with open_ledger(path, refuse_secret) as ledger:
        ledger.mark_issued({make_record(1).id: hash_file(1)})
        ledger.forget([make_record(1).id, make_record(2).id, "unheard of"])
        ledger.plan(
            [make_record(4, learner=make_record(2).learner, status_index=make_record(2).status_index)]
        )
    assert [record.id for record in listing(path)] == [make_record(number).id for number in (1, 3, 4)]


def test_an_error_of_the_caller_ends_nothing_half(path: Path) -> None:
    class CallerError(Exception):
        pass

    with pytest.raises(CallerError), open_ledger(path, make_secret) as ledger:  # noqa: PT012 - the caller's
        ledger.plan([make_record(1)])
        raise CallerError
    assert listing(path) == (make_record(1),)


def test_marks_and_salts_are_hmacs_kept_apart_and_never_change(path: Path) -> None:
    with open_ledger(path, make_secret) as ledger:
        first = ledger.identify("ada"), ledger.derive_salt("ada")
    with open_ledger(path, refuse_secret) as ledger:
        assert (ledger.identify("ada"), ledger.derive_salt("ada")) == first
    assert first[0] == hmac.new(SECRET, b"learner\0ada", hashlib.sha256).hexdigest()
    assert first[1] == hmac.new(SECRET, b"salt\0ada", hashlib.sha256).hexdigest()[:32]


def test_another_ledger_gives_other_marks(path: Path, tmp_path: Path) -> None:
    with open_ledger(path, make_secret) as one, open_ledger(tmp_path / "b.db", lambda: bytes(32)) as other:
        assert one.identify("ada") != other.identify("ada")
        assert one.derive_salt("1") != other.derive_salt("1")


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33)])
def test_a_secret_of_another_length_makes_no_ledger(path: Path, secret: bytes) -> None:
    with pytest.raises(ValueError, match="32"), open_ledger(path, lambda: secret):
        pass
    assert list(path.parent.iterdir()) == []


def test_no_learner_is_in_any_byte(path: Path) -> None:
    keys = [f"canary-{number}-Zoë@example.edu" for number in range(300)]
    with open_ledger(path, make_secret) as ledger:
        ledger.plan([make_record(n, learner=ledger.identify(key)) for n, key in enumerate(keys)])
        ledger.mark_issued({make_record(n).id: hash_file(n) for n in range(200)})
        ledger.forget([make_record(n).id for n in range(250, 300)])
        files = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    assert sorted(files) == ["ledger.db", "ledger.db-shm", "ledger.db-wal"]
    files["at rest"] = path.read_bytes()
    for data in files.values():
        assert b"canary" not in data
        assert "Zoë".encode() not in data


def test_what_is_forgotten_is_in_no_byte_any_more(path: Path) -> None:
    plan(path, [make_record(number) for number in range(300)])
    with open_ledger(path, refuse_secret) as ledger:
        ledger.forget([make_record(number).id for number in range(100, 200)])
    data = path.read_bytes()
    for number in range(300):
        gone = 100 <= number < 200
        assert (make_record(number).learner.encode() in data) is not gone
        assert (make_record(number).document.encode() in data) is not gone


@posix
def test_only_the_owner_may_read_it_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        with open_ledger(path, make_secret) as ledger:
            ledger.plan([make_record(1)])
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
        assert modes == {"ledger.db": 0o600, "ledger.db-wal": 0o600, "ledger.db-shm": 0o600}
        path.chmod(0o644)
        with open_ledger(path, refuse_secret) as ledger:
            ledger.plan([make_record(2)])
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
        assert set(modes.values()) == {0o600}
    finally:
        os.umask(before)


def test_it_is_kept_durably(path: Path) -> None:
    settings = {}
    with open_ledger(path, make_secret) as ledger:
        for name in ("journal_mode", "synchronous", "secure_delete", "fullfsync"):
            settings[name] = ledger._connection.execute(f"pragma {name}").fetchone()[0]  # noqa: SLF001 - no other way
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "fullfsync": 1}


@pytest.mark.parametrize("name", ["file:ledger.db?mode=memory", ":memory:", "le dger%20ü#.db"])
@posix
def test_strange_names_are_names_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    plan(Path(name), [make_record(1)])
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert listing(Path(name)) == (make_record(1),)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}


def change(ledger: Ledger) -> None:
    ledger.plan([make_record(8), make_record(9)])
    ledger.mark_issued({make_record(8).id: hash_file(8)})
    ledger.forget([make_record(9).id])


def test_trying_things_on_a_ledger_changes_nothing(path: Path) -> None:
    plan(path, [make_record(1)])
    before = contents(path.parent)
    with read_ledger(path, refuse_secret) as ledger:
        assert ledger.identify("ada") == hmac.new(SECRET, b"learner\0ada", hashlib.sha256).hexdigest()
        change(ledger)
        assert ledger.list_badges() == (make_record(1), issue(make_record(8), hash_file(8)))
        assert contents(path.parent) == before
    assert contents(path.parent) == before


def test_trying_things_where_no_ledger_is(path: Path) -> None:
    with read_ledger(path, make_secret) as ledger:
        assert ledger.list_badges() == ()
        change(ledger)
        assert ledger.list_badges() == (issue(make_record(8), hash_file(8)),)
    assert list(path.parent.iterdir()) == []


def test_reading_sees_what_only_the_journal_holds(path: Path, tmp_path: Path) -> None:
    """As after a kill: the latest changes are in the file beside the ledger, which alone has the first."""
    left = tmp_path / "left"
    left.mkdir()
    with open_ledger(path, make_secret) as ledger:
        ledger.plan([make_record(1), make_record(2)])
        for name in ("ledger.db", "ledger.db-wal"):
            (left / name).write_bytes((tmp_path / name).read_bytes())
    with sqlite3.connect((left / "ledger.db").as_uri() + "?immutable=1", uri=True) as connection:
        assert connection.execute("select count(*) from badge").fetchone() == (0,)
    connection.close()
    before = contents(left)
    with read_ledger(left / "ledger.db", refuse_secret) as ledger:
        assert ledger.list_badges() == (make_record(1), make_record(2))
    assert contents(left) == before
    assert listing(left / "ledger.db") == (make_record(1), make_record(2))
