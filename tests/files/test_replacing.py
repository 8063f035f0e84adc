"""A folder of results: replaced as a whole, and only what is microcred's."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from microcred_cli.files.replacing import replace_tree
from microcred_cli.model.errors import ForeignFolderError, UnwritableError

OWNED = frozenset({"assessment.json", "decisions.csv", "learners.csv", "reports"})
PRIVATE = frozenset({"learners.csv", "reports"})
MANIFEST = b'{"format": "microcred-assessment/1"}'
OLD = {
    "assessment.json": b'{"format": "microcred-assessment/1", "run": "old"}',
    "decisions.csv": b"old",
    "learners.csv": b"old",
    "reports/cohort.html": b"old",
    "reports/learners/1.html": b"old",
}
NEW = {"assessment.json": MANIFEST, "decisions.csv": b"new", "learners.csv": b"new"}

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    replace_tree(folder, files, owned=OWNED, private=PRIVATE)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_makes_the_folder_and_those_above_it(tmp_path: Path) -> None:
    write(tmp_path / "a" / "out", OLD)
    assert contents(tmp_path) == {f"a/out/{name}": data for name, data in OLD.items()}


def test_replaces_what_is_owned_and_keeps_the_rest(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    (tmp_path / "notes.txt").write_bytes(b"mine")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").write_bytes(b"mine")
    write(tmp_path, NEW)
    assert contents(tmp_path) == {**NEW, "notes.txt": b"mine", "mine/x": b"mine"}
    assert not (tmp_path / "reports").exists()


def test_replaces_one_part_of_an_assessment(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    replace_tree(tmp_path, {"reports/new.html": b"new"}, owned=frozenset({"reports"}))
    kept = {name: data for name, data in OLD.items() if not name.startswith("reports/")}
    assert contents(tmp_path) == {**kept, "reports/new.html": b"new"}


def test_many_files(tmp_path: Path) -> None:
    files = {"assessment.json": MANIFEST} | {f"reports/{number}.html": b"x" * 1000 for number in range(300)}
    write(tmp_path, files)
    assert contents(tmp_path) == files


def test_many_files_where_the_file_system_cannot_be_flushed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microcred_cli.files.flushing.ctypes.CDLL", lambda *_args, **_more: object())
    files = {"assessment.json": MANIFEST} | {f"reports/{number}.html": b"x" for number in range(30)}
    write(tmp_path, files)
    assert contents(tmp_path) == files


@posix
def test_private_holds_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write(tmp_path / "out", OLD)
    finally:
        os.umask(before)
    modes = {
        path.relative_to(tmp_path / "out").as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in (tmp_path / "out").rglob("*")
    }
    assert modes == {
        "assessment.json": 0o666,
        "decisions.csv": 0o666,
        "learners.csv": 0o600,
        "reports": 0o700,
        "reports/cohort.html": 0o600,
        "reports/learners": 0o700,
        "reports/learners/1.html": 0o600,
    }


@posix
def test_refuses_a_linked_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real", target_is_directory=True)
    with pytest.raises(UnwritableError) as caught:
        write(tmp_path / "out", NEW)
    assert "symbolic link" in caught.value.advice
    assert contents(tmp_path) == {}


@posix
def test_a_linked_entry_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "precious").write_bytes(b"mine")
    write(tmp_path / "out", NEW)
    (tmp_path / "out" / "reports").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    write(tmp_path / "out", OLD)
    assert (tmp_path / "elsewhere" / "precious").read_bytes() == b"mine"
    assert contents(tmp_path / "out") == OLD


@pytest.mark.parametrize(
    "present",
    [
        {"thesis.txt": b"mine"},
        {"decisions.csv": b"mine"},
        {"assessment.json": b"{}"},
        {"assessment.json": b"[]"},
        {"assessment.json": b'{"format": 1}'},
        {"assessment.json": b'{"format": "other/1"}'},
        {"assessment.json": b"\xff\xfe"},
        {"assessment.json": b"[" * 100_000},
        {".microcred-x/new/assessment.json": b"{}", "thesis.txt": b"mine"},
    ],
)
def test_refuses_a_foreign_folder(tmp_path: Path, present: dict[str, bytes]) -> None:
    for name, data in present.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with pytest.raises(ForeignFolderError, match="was not written by microcred"):
        write(tmp_path, NEW)
    assert contents(tmp_path) == present


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(UnwritableError) as caught:
            write(folder, NEW)
        assert "a file has the name of a folder" in caught.value.advice
    assert contents(tmp_path) == {"out": b"mine"}


def test_what_desktops_leave_is_not_foreign(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"x")
    write(tmp_path, NEW)
    assert contents(tmp_path) == {**NEW, ".DS_Store": b"x"}


@pytest.mark.parametrize(
    "name", ["../x", "/x", "reports/../../x", "reports//x", "notes.txt", "reports\\x", "reports/C:x"]
)
def test_names_stay_below_the_owned_entries(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="owned"):
        write(tmp_path / "out", {name: b"x"})
    assert contents(tmp_path) == {}


class _KilledError(BaseException):
    """Stands for a kill: nothing in the code catches it for long."""


@pytest.mark.parametrize("old", [{}, OLD])
@pytest.mark.parametrize("steps", range(9))
def test_a_killed_run_is_made_good_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: dict[str, bytes], steps: int
) -> None:
    """After a kill there is no clean-up: undoing and removing do nothing here."""
    out = tmp_path / "out"
    if old:
        write(out, old)
        (out / "notes.txt").write_bytes(b"mine")
    replace = os.replace
    calls = 0

    def die(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls > steps:
            raise _KilledError
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", die)
        patched.setattr("microcred_cli.files.replacing._discard", lambda _staging: None)
        patched.setattr("microcred_cli.files.replacing.remove_created", lambda _paths: None)
        try:
            write(out, NEW)
        except _KilledError:
            manifest = out / "assessment.json"
            assert not manifest.exists() or contents(out).items() >= old.items()
    write(out, NEW)
    notes = {"notes.txt": b"mine"} if old else {}
    assert contents(out) == {**NEW, **notes}


def _fail_at(function: str, number: int, *, once: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    original = getattr(os, function)
    calls = 0

    def fail(*args: object) -> object:
        nonlocal calls
        calls += 1
        if calls == number or (calls > number and not once):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return original(*args)

    monkeypatch.setattr(os, function, fail)


@pytest.mark.parametrize("function", ["replace", "fsync"])
@pytest.mark.parametrize("number", range(1, 6))
def test_disk_full_leaves_the_old_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int
) -> None:
    write(tmp_path, OLD)
    (tmp_path / "notes.txt").write_bytes(b"mine")
    before = contents(tmp_path)
    with monkeypatch.context() as patched:
        _fail_at(function, number, once=True, monkeypatch=patched)
        try:
            write(tmp_path, NEW)
        except UnwritableError as error:
            assert "the disk is full" in error.advice  # noqa: PT017 - fewer flushes on Windows
        else:
            assert function == "fsync"
            assert os.name == "nt"
            return
    assert contents(tmp_path) == before
    assert not list(tmp_path.glob(".microcred-*"))


@pytest.mark.parametrize("function", ["replace", "fsync", "mkdir"])
def test_disk_full_from_the_start_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    with monkeypatch.context() as patched:
        _fail_at(function, 1, once=False, monkeypatch=patched)
        with pytest.raises(UnwritableError):
            write(tmp_path / "a" / "out", NEW)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_the_way_back_too_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, OLD)
    with monkeypatch.context() as patched:
        _fail_at("replace", 3, once=False, monkeypatch=patched)
        with pytest.raises(UnwritableError):
            write(tmp_path, NEW)
    assert sorted(data for data in contents(tmp_path).values() if b"old" in data) == sorted(OLD.values())
    write(tmp_path, NEW)
    assert contents(tmp_path) == NEW


@posix
def test_a_folder_without_write_permission(tmp_path: Path) -> None:
    write(tmp_path / "out", OLD)
    (tmp_path / "out").chmod(0o500)
    try:
        if os.access(tmp_path / "out", os.W_OK):
            pytest.skip("this user may write anywhere")
        with pytest.raises(UnwritableError) as caught:
            write(tmp_path / "out", NEW)
        assert "you may not write there" in caught.value.advice
        assert contents(tmp_path / "out") == OLD
    finally:
        (tmp_path / "out").chmod(0o700)
