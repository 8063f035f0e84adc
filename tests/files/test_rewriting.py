"""Files that people keep: changed whole, and only where they are what was read."""

import os
import stat
from pathlib import Path

import pytest

from microcred_cli.files.rewriting import Rewriting, rewrite_files
from microcred_cli.model.errors import UnwritableError

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_replaces_the_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    files = [write(tmp_path / name, b"old\r\n") for name in ("a", "b")]
    rewrite_files([Rewriting(path, b"old\r\n", b"new\r\n") for path in files])
    assert [path.read_bytes() for path in files] == [b"new\r\n", b"new\r\n"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@posix
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path = write(tmp_path / "a", b"old")
    path.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(path)
    rewrite_files([Rewriting(link, b"old", b"new")])
    assert link.is_symlink()
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)


def test_one_that_was_changed_meanwhile_stops_all(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", b"old"), write(tmp_path / "b", b"edited")
    with pytest.raises(UnwritableError, match="b cannot be written") as error:
        rewrite_files([Rewriting(first, b"old", b"new"), Rewriting(second, b"old", b"new")])
    assert "changed meanwhile" in error.value.advice
    assert (first.read_bytes(), second.read_bytes()) == (b"old", b"edited")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_one_that_is_read_only_stops_all(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", b"old"), write(tmp_path / "b", b"old")
    second.chmod(0o444)
    with pytest.raises(UnwritableError) as error:
        rewrite_files([Rewriting(first, b"old", b"new"), Rewriting(second, b"old", b"new")])
    assert "read-only" in error.value.advice
    assert (first.read_bytes(), second.read_bytes()) == (b"old", b"old")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_one_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError):
        rewrite_files([Rewriting(tmp_path / "a", b"old", b"new")])
    assert list(tmp_path.iterdir()) == []
