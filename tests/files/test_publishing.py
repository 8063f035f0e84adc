"""Groups of files: each whole or not there, whatever fails, and on disk before anyone is told."""

import ctypes
import errno
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

import pytest

from microcred_cli.files.publishing import publish_files
from microcred_cli.files.temporaries import clear_temporary
from microcred_cli.model.errors import UnwritableError

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")

OLD = {"a.json": b"old a", "c.json": b"old c"}
NEW = {"a.json": b"new a" * 9000, "b.json": b"new b", "issued.csv": b"new issued"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_makes_the_folder_and_those_above_it(tmp_path: Path) -> None:
    publish_files(tmp_path / "site" / "badges", NEW)
    assert contents(tmp_path) == {f"site/badges/{name}": data for name, data in NEW.items()}


@pytest.mark.parametrize("number", [1, 16, 17, 300])
def test_few_and_many(tmp_path: Path, number: int) -> None:
    files = {f"{each}.json": b"x" * each for each in range(number)}
    publish_files(tmp_path, files)
    assert contents(tmp_path) == files


def test_many_where_the_file_system_cannot_be_flushed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microcred_cli.files.flushing.ctypes.CDLL", lambda *_args, **_more: object())
    test_few_and_many(tmp_path, 30)


def test_replaces_files_and_keeps_the_rest(tmp_path: Path) -> None:
    publish_files(tmp_path, OLD)
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "x").write_bytes(b"mine")
    publish_files(tmp_path, NEW)
    publish_files(tmp_path, NEW)
    assert contents(tmp_path) == {**OLD, **NEW, "deeper/x": b"mine"}


def test_nothing_to_publish_makes_no_folder(tmp_path: Path) -> None:
    publish_files(tmp_path / "badges", {})
    assert list(tmp_path.iterdir()) == []


@posix
def test_private_holds_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    modes: dict[str, int] = {}
    try:
        publish_files(tmp_path, NEW, private=frozenset({"issued.csv"}))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        publish_files(tmp_path, NEW, private=frozenset(NEW))
    finally:
        os.umask(before)
    assert modes == {"a.json": 0o666, "b.json": 0o666, "issued.csv": 0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@posix
def test_nobody_else_looks_into_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    replace = os.replace

    def look(source: Path, target: Path) -> None:
        modes.append(stat.S_IMODE(source.parent.stat().st_mode))
        replace(source, target)

    monkeypatch.setattr(os, "replace", look)
    before = os.umask(0)
    try:
        publish_files(tmp_path, NEW)
    finally:
        os.umask(before)
    assert modes == [0o700] * len(NEW)


@posix
def test_refuses_a_linked_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "badges").symlink_to(tmp_path / "real", target_is_directory=True)
    with pytest.raises(UnwritableError) as caught:
        publish_files(tmp_path / "badges", NEW)
    assert "symbolic link" in caught.value.advice
    with pytest.raises(UnwritableError):
        clear_temporary(tmp_path / "badges")
    assert contents(tmp_path) == {}


@posix
def test_a_linked_file_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"mine")
    (tmp_path / "badges").mkdir()
    (tmp_path / "badges" / "a.json").symlink_to(tmp_path / "precious")
    publish_files(tmp_path / "badges", NEW)
    assert contents(tmp_path / "badges") == NEW
    assert (tmp_path / "precious").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/a", "a\\b", "C:a", "a\0"])
def test_names_are_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        publish_files(tmp_path / "badges", {"a.json": b"x", name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "badges").write_bytes(b"mine")
    with pytest.raises(UnwritableError) as caught:
        publish_files(tmp_path / "badges", NEW)
    assert "a file has the name of a folder" in caught.value.advice
    assert contents(tmp_path) == {"badges": b"mine"}


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "b.json").mkdir()
    with pytest.raises(UnwritableError):
        publish_files(tmp_path, NEW)
    assert contents(tmp_path) == {"a.json": NEW["a.json"]}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.json"]


class _Stream:
    """A file that can be written to as long as ``check`` does not raise."""

    def __init__(self, stream: Any, check: Callable[[], None]) -> None:
        self.stream = stream
        self.check = check

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_args: object) -> None:
        self.stream.close()

    def write(self, data: bytes) -> None:
        self.stream.write(data[: len(data) // 2])
        self.check()
        self.stream.write(data[len(data) // 2 :])


def _fail_at(monkeypatch: pytest.MonkeyPatch, function: str, number: int, refusal: int) -> Callable[[], int]:
    """Let the n-th call of a function fail, once; the result tells how many calls there were."""
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(refusal, os.strerror(refusal))

    if function == "write":
        fdopen = os.fdopen
        monkeypatch.setattr(os, "fdopen", lambda *args: _Stream(fdopen(*args), check))
        return lambda: calls
    original = getattr(os, function)

    def fail(*args: Any, **more: Any) -> Any:
        check()
        return original(*args, **more)

    monkeypatch.setattr(os, function, fail)
    return lambda: calls


@pytest.mark.parametrize("refusal", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("function", ["mkdir", "open", "write", "fsync", "replace", "close"])
@pytest.mark.parametrize("old", [{}, OLD], ids=["new folder", "used folder"])
def test_whatever_fails_no_file_is_half_and_nothing_temporary_stays(
    tmp_path: Path, old: Mapping[str, bytes], function: str, refusal: int
) -> None:
    """Every call of the function fails once, until there is none left to fail."""
    number = 0
    refused = 0
    reached = True
    while reached:
        number += 1
        folder = tmp_path / str(number) / "badges"
        publish_files(folder, old)
        with pytest.MonkeyPatch.context() as patched:
            count = _fail_at(patched, function, number, refusal)
            try:
                publish_files(folder, NEW)
            except UnwritableError:
                refused += 1
            else:
                assert contents(folder) == {**old, **NEW}
            reached = count() >= number
        for name, data in contents(folder).items():
            assert data in {old.get(name), NEW.get(name)}
        assert old.keys() <= contents(folder).keys()
        assert not list(tmp_path.rglob(".microcred-*"))
        publish_files(folder, NEW)
        assert contents(folder) == {**old, **NEW}
    assert refused > 0 or (os.name == "nt" and function in {"fsync", "close"})


@pytest.mark.parametrize("function", ["mkdir", "write", "fsync"])
def test_a_new_folder_goes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str) -> None:
    _fail_at(monkeypatch, function, 2, errno.ENOSPC)
    with pytest.raises(UnwritableError) as caught:
        publish_files(tmp_path / "site" / "badges", NEW)
    assert "the disk is full" in caught.value.advice
    assert list(tmp_path.iterdir()) == []


def _count_flushes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which every flush of a file or folder adds something."""
    flushed = []
    fsync = os.fsync

    def count(descriptor: int) -> None:
        flushed.append(descriptor)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", count)
    return flushed


@pytest.mark.skipif(os.name == "nt", reason="Windows flushes no file system")
@pytest.mark.parametrize(
    ("refusal", "published"), [(errno.EIO, False), (errno.ENOSPC, False), (errno.ENOSYS, True)]
)
def test_a_file_system_that_cannot_be_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int, *, published: bool
) -> None:
    """An error stops the group at once; that the system knows no such call is no error."""
    calls = []

    class Library:
        @staticmethod
        def syncfs(descriptor: int) -> int:
            calls.append(descriptor)
            ctypes.set_errno(refusal)
            return -1

    monkeypatch.setattr("microcred_cli.files.flushing.ctypes.CDLL", lambda *_args, **_more: Library)
    monkeypatch.setattr("microcred_cli.files.flushing.platform.release", lambda: "6.1.0-test")
    flushed = _count_flushes(monkeypatch)
    files = {f"{each}.json": b"x" for each in range(40)}
    if published:
        publish_files(tmp_path, files)
        assert contents(tmp_path) == files
        assert len(flushed) >= len(files)
    else:
        with pytest.raises(UnwritableError):
            publish_files(tmp_path, files)
        assert list(tmp_path.iterdir()) == []
        assert flushed == []
    assert len(calls) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows flushes no file system")
@pytest.mark.parametrize("release", ["5.7.19", "4.18.0-553.el8", "3.10.0-1160.el7.x86_64", "unheard of"])
def test_a_system_that_keeps_errors_of_the_whole_to_itself_flushes_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str
) -> None:
    flushed = _count_flushes(monkeypatch)
    monkeypatch.setattr("microcred_cli.files.flushing.platform.release", lambda: release)
    publish_files(tmp_path, {f"{each}.json": b"x" for each in range(40)})
    assert len(flushed) >= 40


def test_clears_what_killed_runs_left_and_nothing_else(tmp_path: Path) -> None:
    ours = ".microcred-" + "0123456789abcdef"
    (tmp_path / ours / "new").mkdir(parents=True)
    (tmp_path / ours / "new" / "a.json").write_bytes(b"x")
    (tmp_path / ours.replace("0", "f")).write_bytes(b"x")
    kept = {
        "a.json": b"x",
        ".microcred-notes": b"mine",
        f"{ours}0/x": b"mine",
        ".microcred-" + "A" * 16: b"mine",
        f"deeper/{ours}/x": b"mine",
    }
    for name, data in kept.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    clear_temporary(tmp_path)
    assert contents(tmp_path) == kept
    assert not (tmp_path / ours).exists()


@posix
def test_clearing_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "x").write_bytes(b"mine")
    (tmp_path / "badges").mkdir()
    (tmp_path / "badges" / ".microcred-0123456789abcdef").symlink_to(tmp_path / "precious")
    clear_temporary(tmp_path / "badges")
    assert contents(tmp_path) == {"precious/x": b"mine"}


def test_clearing_a_folder_that_is_not_there(tmp_path: Path) -> None:
    clear_temporary(tmp_path / "badges")
    assert list(tmp_path.iterdir()) == []
