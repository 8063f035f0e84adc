"""However a command ends, the exit status says it and no traceback does."""

import errno
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

from microcred_cli import __version__
from microcred_cli.__main__ import main
from microcred_cli.cli.exits import Status
from microcred_cli.cli.guard import guard
from microcred_cli.files.locking import lock_folder
from microcred_cli.model.errors import MicrocredError, MissingInputError, UsageError
from tests.cli.program import Program

PROGRAM = [sys.executable, "-m", "microcred_cli"]


def end(body: Callable[[], Status]) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(guard(body))
    result = CliRunner().invoke(app, [])
    assert "Traceback" not in result.output
    return result.exit_code, result.stderr


def throw(error: BaseException) -> Callable[[], Status]:
    def body() -> Status:
        raise error

    return body


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (MissingInputError("x", "look"), 3, "error: There is no file or folder x.\n  help: look\n"),
        (UsageError("that cannot be"), 2, "error: that cannot be.\n"),
        (MicrocredError("x"), 70, "error: Something went wrong: x.\n"),
        (KeyboardInterrupt(), 130, "error: interrupted\n"),
        (typer.Abort(), 130, "error: interrupted\n"),
        (OSError(errno.ENOSPC, "No space left on device", "out"), 5, "error: out: the disk is full\n"),
        (OSError(errno.EACCES, "Permission denied", "out"), 5, "error: out: Permission denied\n"),
        (OSError(), 5, "error: OSError\n"),
    ],
)
def test_errors_become_a_message_and_a_status(error: BaseException, status: int, message: str) -> None:
    assert end(throw(error)) == (status, message)


def test_an_internal_error_names_its_place_and_no_values() -> None:
    status, message = end(throw(ValueError("Ada Canary, ada@example.org")))
    assert status == 70
    assert message.startswith("error: internal error (ValueError in test_guard.py:")
    assert "Canary" not in message


def test_a_reader_that_goes_away_is_no_error(program: Program) -> None:
    program.write(
        "long.csv", "learner," + ",".join(f"item {n}" for n in range(3000)) + "\ns" + ",1" * 3000 + "\n"
    )
    command = [*PROGRAM, "inspect", "long.csv"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=program.folder
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        message = process.stderr.read()
    assert b"Traceback" not in message
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_stdout_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, "rule"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert b"the disk is full" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "2>/dev/full", ">&- 2>&-"])
def test_closed_streams_change_no_status(program: Program, closed: str) -> None:
    assert program("init").status == 0
    command = f"{sys.executable} -m microcred_cli assess gradebook.csv --no-reports {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=program.folder, check=False)  # noqa: S607
    assert done.returncode == 0
    assert (program.folder / "out" / "assessment.json").exists()


def test_a_folder_has_one_writer_at_a_time(program: Program) -> None:
    assert program("init").status == 0
    assert program("assess", "gradebook.csv", "--no-reports").status == 0
    before = (program.folder / "out" / "assessment.json").read_bytes()
    with lock_folder(program.folder / "out"):
        run = program("assess", "gradebook.csv", "--no-reports")
    assert run.status == 5
    assert "Another microcred is writing to out" in run.stderr
    assert (program.folder / "out" / "assessment.json").read_bytes() == before


def test_runs_at_once_leave_one_whole_assessment(program: Program) -> None:
    assert program("init").status == 0
    command = [*PROGRAM, "assess", "gradebook.csv", "--quiet"]
    for _ in range(4):
        runs = [
            subprocess.Popen(
                command, cwd=program.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            for _ in range(3)
        ]
        assert {run.wait() for run in runs} <= {0, 5}
        assert program("explain", "40304", "--quiet").stderr == ""
    assert [path.name for path in (program.folder / "out").glob(".microcred*")] == []


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version(
    program: Program, flag: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program(flag).stdout == f"microcred {__version__}\n"
    monkeypatch.setattr(sys, "argv", ["microcred", flag])
    main()
    assert capsys.readouterr().out == f"microcred {__version__}\n"


def test_the_program_runs_as_a_module() -> None:
    done = subprocess.run([*PROGRAM, "rule", "MC201"], capture_output=True, check=False)
    assert done.returncode == 0
    assert b"unknown-level" in done.stdout


@pytest.mark.parametrize(
    ("command", "module"),
    [("assess", "microcred_cli.cli.app"), ("lint", "microcred_cli.cli.lint_run")],
)
def test_an_interruption_while_the_program_loads_shows_no_traceback(
    command: str, module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def find_spec(name: str, *_: object) -> None:
        if name == module:
            raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr(sys, "meta_path", [SimpleNamespace(find_spec=find_spec), *sys.meta_path])
    monkeypatch.setattr(sys, "argv", ["microcred", command])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == Status.INTERRUPTED
    assert capsys.readouterr().err == "error: interrupted\n"
