"""New files: never over another, never half."""

import errno
import os
import stat
from pathlib import Path

import pytest

from microcred_cli.files.writing import write_new_file, write_new_files
from microcred_cli.model.errors import ExistingFileError, UnwritableError

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")


def fail_with(number: int) -> object:
    def fail(*_args: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_writes_the_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_new_file(tmp_path / "a.txt", b"one\r\ntwo\n")
    assert (tmp_path / "a.txt").read_bytes() == b"one\r\ntwo\n"
    assert listing(tmp_path) == ["a.txt"]


def test_refuses_an_existing_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"mine")
    with pytest.raises(ExistingFileError, match=r"a\.txt exists already"):
        write_new_file(path, b"new")
    assert path.read_bytes() == b"mine"
    assert listing(tmp_path) == ["a.txt"]


@posix
def test_refuses_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ExistingFileError):
        write_new_file(tmp_path / "a.txt", b"new")
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_that_comes_up_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"other")
    monkeypatch.setattr(os.path, "lexists", lambda _path: False)
    with pytest.raises(ExistingFileError):
        write_new_file(path, b"new")
    assert path.read_bytes() == b"other"
    assert listing(tmp_path) == ["a.txt"]


@posix
@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o666)])
def test_private_holds_whatever_the_umask(
    tmp_path: Path,
    private: bool,  # noqa: FBT001 - a parameter of the test
    mode: int,
) -> None:
    before = os.umask(0)
    try:
        write_new_file(tmp_path / "a", b"x", private=private)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


@posix
def test_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    write_new_file(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"
    assert listing(tmp_path) == ["a"]
    with pytest.raises(ExistingFileError):
        write_new_file(tmp_path / "a", b"y")
    monkeypatch.setattr(os, "replace", fail_with(errno.EIO))
    with pytest.raises(UnwritableError):
        write_new_file(tmp_path / "b", b"x")
    assert listing(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "another program has it open"),
        (errno.EROFS, "read-only"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_refusals_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    monkeypatch.setattr(os, "fsync", fail_with(number))
    with pytest.raises(UnwritableError, match="cannot be written") as caught:
        write_new_file(tmp_path / "a", b"x")
    assert advice in caught.value.advice
    assert listing(tmp_path) == []


@posix
def test_a_folder_that_cannot_be_flushed_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", _fail_for_folders(errno.EINVAL))
    write_new_file(tmp_path / "a", b"x")
    monkeypatch.setattr(os, "fsync", _fail_for_folders(errno.EIO))
    with pytest.raises(UnwritableError):
        write_new_file(tmp_path / "b", b"x")
    assert listing(tmp_path) == ["a"]


def _fail_for_folders(number: int) -> object:
    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))

    return fsync


def test_several_files_with_their_folders(tmp_path: Path) -> None:
    write_new_files(tmp_path / "new" / "deep", {"a": b"1", "sub/b": b"2", "sub/c": b"3"})
    assert listing(tmp_path / "new" / "deep") == ["a", "sub", "sub/b", "sub/c"]


def test_names_every_file_that_exists_and_writes_none(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a", "sub/b"):
        (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(ExistingFileError) as caught:
        write_new_files(tmp_path, {"a": b"1", "sub/b": b"2", "c/d": b"3"})
    assert str(tmp_path / "a") in str(caught.value)
    assert str(tmp_path / "sub" / "b") in str(caught.value)
    assert str(tmp_path / "c") not in str(caught.value)
    assert listing(tmp_path) == ["a", "sub", "sub/b"]
    assert (tmp_path / "a").read_bytes() == b"mine"


@pytest.mark.parametrize("room_for", range(6))
def test_disk_full_on_the_way_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room_for: int
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "mine").write_bytes(b"mine")
    calls = 0
    fsync = os.fsync

    def run_full(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls > room_for:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", run_full)
    files = {"a": b"1", "sub/b": b"2", "new/deep/c": b"3", "new/d": b"4", "e": b"5", "f": b"6"}
    with pytest.raises(UnwritableError, match="cannot be written"):
        write_new_files(tmp_path, files)
    assert listing(tmp_path) == ["sub", "sub/mine"]


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "sub").write_bytes(b"mine")
    with pytest.raises(UnwritableError) as caught:
        write_new_files(tmp_path, {"a": b"1", "sub/b": b"2"})
    assert "a file has the name of a folder" in caught.value.advice
    assert listing(tmp_path) == ["sub"]
