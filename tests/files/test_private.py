"""Files that are nobody else's business."""

import os
import threading
from pathlib import Path

import pytest

from microcred_cli.files.private import is_exposed, read_first_line
from microcred_cli.model.errors import MicrocredError, MissingInputError, UsageError

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX modes and pipes")


@posix
def test_exposure_is_of_files_only(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    path.chmod(0o600)
    assert not is_exposed(path)
    path.chmod(0o604)
    assert is_exposed(path)
    os.mkfifo(tmp_path / "pipe", 0o666)
    assert not is_exposed(tmp_path / "pipe")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", b""),
        (b"one", b"one"),
        (b"one\ntwo\n", b"one\n"),
        (b"one\r\ntwo", b"one\r\n"),
        (b"\ntwo", b"\n"),
        (b"x" * 50, b"x" * 11),
    ],
)
def test_the_first_line(tmp_path: Path, data: bytes, line: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert read_first_line(tmp_path / "a", 10) == line


@posix
def test_the_first_line_of_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"one\ntwo\n",))
    writer.start()
    assert read_first_line(pipe, 100) == b"one\n"
    writer.join()


@posix
def test_a_source_without_end_is_read_no_further() -> None:
    assert len(read_first_line(Path("/dev/zero"), 1000)) == 1001


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError):
        read_first_line(tmp_path / "missing", 10)
    with pytest.raises(UsageError, match="is a folder"):
        read_first_line(tmp_path, 10)
    with pytest.raises(MicrocredError):
        read_first_line(tmp_path / "missing" / "below", 10)
