"""What the surroundings refuse is said in words, and the ledger is whole afterwards."""

import itertools
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from microcred_cli.ledger.ledger import open_ledger, read_ledger
from microcred_cli.model.errors import LockedFolderError, UnreadableFileError, UnwritableError
from tests.ledger.records import make_record, make_secret, refuse_secret
from tests.mounts import start_with_mounts

ROOT = Path(__file__).parents[2]

IN_A_FULL_DISK = """
import subprocess, sys
from pathlib import Path
from microcred_cli.ledger.ledger import open_ledger
from microcred_cli.model.errors import UnwritableError
from tests.ledger.records import make_record, make_secret
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", disk], check=True)
path = disk / "ledger.db"
def fill():
    planned = 0
    with open_ledger(path, make_secret) as ledger:
        while True:
            try:
                ledger.plan([make_record(number) for number in range(planned, planned + 10)])
            except UnwritableError as error:
                print(error, error.advice)
                break
            planned += 10
        assert len(ledger.list_badges()) == planned
    return planned
planned = fill()
assert planned > 0
subprocess.run(["mount", "-o", "remount,size=10m", disk], check=True)
with open_ledger(path, make_secret) as ledger:
    assert ledger.list_badges() == tuple(make_record(number) for number in range(planned))
    ledger.plan([make_record(number) for number in range(planned, 1000)])
path.unlink()
(disk / "ballast").write_bytes(b"x")
subprocess.run(["mount", "-o", "remount,size=8k", disk], check=True)
(disk / "more").write_bytes(b"x")
try:
    with open_ledger(path, make_secret):
        pass
except UnwritableError as error:
    print(error, error.advice)
assert sorted(each.name for each in disk.iterdir()) == ["ballast", "more"]
"""
ON_A_READ_ONLY_DISK = """
import subprocess, sys
from pathlib import Path
from microcred_cli.ledger.ledger import open_ledger, read_ledger
from microcred_cli.model.errors import UnwritableError
from tests.ledger.records import make_record, make_secret
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=True)
with open_ledger(disk / "ledger.db", make_secret) as ledger:
    ledger.plan([make_record(1)])
    for name in ("ledger.db", "ledger.db-wal"):
        (disk / name.replace("ledger", "left")).write_bytes((disk / name).read_bytes())
subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
for name in ("ledger.db", "left.db"):
    with read_ledger(disk / name, make_secret) as ledger:
        assert ledger.list_badges() == (make_record(1),)
for name in ("ledger.db", "left.db", "new.db"):
    try:
        with open_ledger(disk / name, make_secret) as ledger:
            ledger.plan([make_record(2)])
    except UnwritableError as error:
        print(error, error.advice)
"""


def run_on_a_disk_of_its_own(script: str, disk: Path) -> list[str]:
    """Run a script that may mount what nobody else sees; return the lines it wrote."""
    done = subprocess.run(
        [*start_with_mounts(disk), sys.executable, "-c", script, str(disk)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert list(disk.iterdir()) == []
    return done.stdout.splitlines()


def test_a_full_disk(tmp_path: Path) -> None:
    said = run_on_a_disk_of_its_own(IN_A_FULL_DISK, tmp_path)
    assert (
        said
        == [f"{tmp_path / 'ledger.db'} cannot be written. the disk is full; free some space and run it again"]
        * 2
    )


def test_a_read_only_disk(tmp_path: Path) -> None:
    said = run_on_a_disk_of_its_own(ON_A_READ_ONLY_DISK, tmp_path)
    assert [line.split(" cannot be written. ")[0] for line in said] == [
        str(tmp_path / name) for name in ("ledger.db", "left.db", "new.db")
    ]
    assert all("read-only" in line for line in said)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_a_folder_without_write_permission(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.db", make_secret) as ledger:
        ledger.plan([make_record(1)])
    tmp_path.chmod(0o500)
    try:
        if os.access(tmp_path, os.W_OK):
            pytest.skip("this user may write anywhere")
        for name in ("ledger.db", "new.db"):
            with (
                pytest.raises(UnwritableError) as caught,
                open_ledger(tmp_path / name, make_secret) as ledger,
            ):
                ledger.plan([make_record(2)])
            assert "you may not write" in caught.value.advice
        with read_ledger(tmp_path / "ledger.db", refuse_secret) as ledger:
            assert ledger.list_badges() == (make_record(1),)
        (tmp_path / "ledger.db").chmod(0)
        with pytest.raises(UnreadableFileError), read_ledger(tmp_path / "ledger.db", refuse_secret):
            pass
    finally:
        tmp_path.chmod(0o700)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError), open_ledger(tmp_path / "gone" / "ledger.db", make_secret):
        pass


def test_a_ledger_another_program_writes_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("microcred_cli.ledger.store._PATIENCE", 0.01)
    path = tmp_path / "ledger.db"
    with open_ledger(path, make_secret) as ledger:
        ledger.plan([make_record(1)])
        with closing(sqlite3.connect(path)) as other:
            other.execute("begin immediate")
            with pytest.raises(LockedFolderError, match=re.escape(str(tmp_path))) as caught:
                ledger.plan([make_record(2)])
            assert "wait" in caught.value.advice
            with pytest.raises(LockedFolderError):
                ledger.mark_issued({make_record(1).id: "x"})
            with pytest.raises(LockedFolderError):
                ledger.forget([make_record(1).id])
            assert ledger.list_badges() == (make_record(1),)
            other.rollback()
        ledger.plan([make_record(2)])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        with pytest.raises(LockedFolderError), open_ledger(path, refuse_secret):
            pass


def test_a_ledger_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = shutil.copyfile

    with open_ledger(tmp_path / "ledger.db", make_secret) as ledger:

        def meddle(source: Path, target: Path) -> None:
            copy(source, target)
            if source.name == "ledger.db":
                ledger.plan([make_record(1)])

        monkeypatch.setattr(shutil, "copyfile", meddle)
        with pytest.raises(LockedFolderError), read_ledger(tmp_path / "ledger.db", refuse_secret):
            pass


WRITER = """
import sys
from pathlib import Path
from microcred_cli.ledger.ledger import open_ledger
from microcred_cli.model.errors import MicrocredError
from tests.ledger.records import hash_file, make_record, make_secret
try:
    with open_ledger(Path(sys.argv[1]), make_secret) as ledger:
        ledger.plan([make_record(1)])
        print("planned", flush=True)
        ledger.mark_issued({make_record(1).id: hash_file(1)})
        print("issued", flush=True)
except MicrocredError as error:
    sys.exit(error.status)
"""
CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2"


def trace(path: Path, log: Path, *options: str) -> tuple[int, list[str]]:
    """Return how a writer ended under strace, and its calls that have to do with the folder or stdout."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    start = [strace, "-f", "-y", "-o", str(log)]
    if subprocess.run([*start, "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("strace may not trace here")
    command = [*start, "-e", f"trace={CALLS}", *options, sys.executable, "-c", WRITER, str(path)]
    done = subprocess.run(command, check=False, capture_output=True, cwd=ROOT)
    assert b"Traceback" not in done.stderr
    calls = [line.split(maxsplit=1)[1] for line in log.read_text().splitlines()]
    return done.returncode, [
        call for call in calls if str(path.parent) in call or call.startswith("write(1<")
    ]


def test_what_is_said_to_be_recorded_is_on_disk(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    path = folder / "ledger.db"
    status, calls = trace(path, tmp_path / "log")
    assert status == 0
    flush = r"f(?:data)?sync\(\d+<%s>\) += 0"
    unflushed: set[str] = set()
    steps = []
    for call in calls:
        if match := re.match(r"pwrite64\(\d+<([^>]+)>", call):
            if not match[1].endswith("-shm"):
                unflushed.add(match[1])
        elif match := re.match(flush % "([^>]+)", call):
            unflushed.discard(match[1])
            if match[1] == str(folder):
                steps.append("folder")
        elif call.startswith("rename"):
            assert not unflushed
            steps.append("named")
        elif match := re.match(r'write\(1<[^>]*>, "(\w+)', call):
            assert not unflushed
            steps.append(match[1])
    named, planned = steps.index("named"), steps.index("planned")
    assert "folder" in steps[named:planned]
    assert steps[-1] == "issued"


@pytest.mark.parametrize(("call", "refusal"), [("pwrite64", "ENOSPC"), ("fdatasync", "EIO")])
def test_whatever_call_fails_the_ledger_is_whole(tmp_path: Path, call: str, refusal: str) -> None:
    """Every third call fails, in a run of its own, until there is none left to fail."""
    refused = 0
    for number in itertools.count(1, 3):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "ledger.db"
        inject = f"inject={call}:error={refusal}:when={number}"
        status, calls = trace(path, tmp_path / "log", "-e", inject)
        assert status in {0, 5}
        refused += status == 5
        said = [word for word in ("planned", "issued") if any(f'"{word}' in each for each in calls)]
        with open_ledger(path, make_secret) as ledger:
            records = ledger.list_badges()
        if "planned" in said:
            assert [record.id for record in records] == [make_record(1).id]
        if "issued" in said:
            assert records[0].file is not None
        if not any("INJECTED" in each for each in calls):
            break
    assert refused
