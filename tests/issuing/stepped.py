"""`microcred issue`, ended or refused at a step a test names: whatever it asks of the disk is a step.

As a module it is a stage: it takes orders from stdin and forks a process for each, which takes a tenth of the
time of starting one.
"""

import ctypes
import errno
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stdout, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest

from microcred_cli.cli.app import make_app
from microcred_cli.files import flushing
from microcred_cli.ledger.ledger import Ledger
from microcred_cli.workflows import issue_badges
from microcred_cli.workflows.badge_folder import BadgeFolder
from microcred_cli.workflows.issue_badges import Batch
from microcred_cli.workflows.plan_badges import Planner

ROOT = Path(__file__).parents[2]
ISSUE = ("issue", "--yes", "--quiet")

# What a run is about while it takes a step.
_PHASES = (
    (Planner, "plan", "planning"),
    (Batch, "note", "noting"),
    (Ledger, "plan", "recording"),
    (issue_badges, "_sign", "signing"),
    (BadgeFolder, "publish", "publishing"),
    (Ledger, "mark_issued", "marking"),
)
_CALLS = ("open", "mkdir", "fsync", "replace", "rename", "link", "unlink", "rmdir")
_STATEMENTS = ("begin", "commit", "rollback", "pragma user_version", "pragma journal_mode", "select id")
# https://www.sqlite.org/rescode.html
_SQLITE_CODES = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EIO: sqlite3.SQLITE_IOERR_WRITE,
    errno.EROFS: sqlite3.SQLITE_READONLY,
}

Act = Callable[[str], None]
"""Is done at the step that was chosen, and told its name."""


class Steps:
    """The steps of a run, by name: what it was about, and what it asked for.

    One may be chosen: the n-th, or the first of a name.
    """

    def __init__(self, at: int | str | None, act: Act, log: int | None = None) -> None:
        self.names: list[str] = []
        self._at = at
        self._act = act
        self._log = log
        self._phase = "opening"

    @property
    def reached(self) -> bool:
        """Whether the run came to the step that was chosen."""
        return self._at in self.names if not isinstance(self._at, int) else len(self.names) >= self._at

    def take(self, what: str) -> None:
        """Note a step that is about to be taken."""
        name = f"{self._phase}: {what}"
        self.names.append(name)
        if self._log is not None:
            os.write(self._log, f"{name}\n".encode())
        if len(self.names) == self._at or (name == self._at and self.names.count(name) == 1):
            self._act(name)

    @contextmanager
    def enter(self, phase: str) -> Iterator[None]:
        """Name what the run is about from here on."""
        before, self._phase = self._phase, phase
        try:
            yield
        finally:
            self._phase = before


def refuse(number: int) -> Act:
    """Return what refuses a step as the system does, with an errno."""

    def act(name: str) -> None:
        if "sqlite" in name:
            error = sqlite3.OperationalError(os.strerror(number))
            error.sqlite_errorcode = _SQLITE_CODES.get(number, sqlite3.SQLITE_IOERR_WRITE)
            raise error
        raise OSError(number, os.strerror(number))

    return act


def watch(patch: pytest.MonkeyPatch, steps: Steps, group: int, few: int) -> None:
    """Count the steps of what runs in this process, in the folder it is in.

    ``group`` badges are published at once, and more than ``few`` files flushed with the whole file system.
    """
    patch.setattr(issue_badges, "GROUP", group)
    patch.setattr(flushing, "_FEW", few)
    for owner, name, phase in _PHASES:
        patch.setattr(owner, name, _enter(getattr(owner, name), steps, phase))
    for name in _CALLS:
        patch.setattr(os, name, _precede(getattr(os, name), steps, name))
    fdopen, open_file, connect, folder = os.fdopen, io.open, sqlite3.connect, Path.cwd()
    patch.setattr(os, "fdopen", lambda *args: _Stream(fdopen(*args), steps))

    def read(path: Any, *args: Any, **more: Any) -> Any:
        if isinstance(path, Path) and path.absolute().is_relative_to(folder):
            steps.take("read")
        return open_file(path, *args, **more)

    patch.setattr(io, "open", read)

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
            statement = next((each for each in _STATEMENTS if sql.startswith(each)), None)
            if statement is not None and self.execute_plainly("pragma database_list").fetchone()[2]:
                steps.take(f"sqlite {statement}")
            return super().execute(sql, *more)

        def execute_plainly(self, sql: str) -> sqlite3.Cursor:
            return super().execute(sql)

    patch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, factory=Connection, **more))
    system = ctypes.CDLL(None, use_errno=True)

    def syncfs(descriptor: int) -> int:
        try:
            steps.take("syncfs")
        except OSError as error:
            ctypes.set_errno(error.errno or 0)
            return -1
        result: int = system.syncfs(descriptor)
        return result

    library = SimpleNamespace(syncfs=syncfs) if hasattr(system, "syncfs") else object()
    patch.setattr(
        flushing, "ctypes", SimpleNamespace(CDLL=lambda *_, **__: library, get_errno=ctypes.get_errno)
    )


class _Stream:
    """A file of which half is written before a step, and half after it."""

    def __init__(self, stream: Any, steps: Steps) -> None:
        self._stream = stream
        self._steps = steps

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def write(self, data: bytes) -> None:
        half = len(data) // 2
        self._stream.write(data[:half])
        self._stream.flush()
        self._steps.take("write")
        self._stream.write(data[half:])


def _precede(function: Callable[..., Any], steps: Steps, name: str) -> Callable[..., Any]:
    def call(*args: Any, **more: Any) -> Any:
        steps.take(name)
        return function(*args, **more)

    return call


def _enter(function: Callable[..., Any], steps: Steps, phase: str) -> Callable[..., Any]:
    def call(*args: Any, **more: Any) -> Any:
        with steps.enter(phase):
            steps.take("start")
            return function(*args, **more)

    return call


@dataclass(frozen=True)
class Order:
    """A run in a folder: what it is called with, and the signal it gets at a step, if it is to get one.

    Its steps and what it says go to files in ``log``.
    """

    folder: str
    log: str
    arguments: Sequence[str] = ISSUE
    group: int = 2
    few: int = 2
    at: int | None = None
    how: str = "SIGKILL"


@dataclass(frozen=True)
class Ended:
    """How a run ended; a status below zero is the signal that ended it."""

    status: int
    steps: list[str]
    stdout: str
    stderr: str


class Stage:
    """A process that carries out orders; it has loaded all that a run needs, by planning one in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.issuing.stepped", "serve", str(self._folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)

    def run(self, *orders: Order) -> list[Ended]:
        """Carry out orders, all at the same time."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([asdict(order) for order in orders]) + "\n")
        self._process.stdin.flush()
        states = json.loads(self._process.stdout.readline())
        return [read_end(order, state) for order, state in zip(orders, states, strict=True)]


def name_command(order: Order) -> list[str]:
    """Return what carries out an order in a process by itself, for whoever wants to send it signals."""
    return [sys.executable, "-m", "tests.issuing.stepped", "run", json.dumps(asdict(order))]


def read_end(order: Order, status: int) -> Ended:
    """Return how a run ended, by what it left in its log."""
    stdout, stderr = ((Path(order.log) / name).read_text("utf-8") for name in ("stdout", "stderr"))
    return Ended(status, read_steps(order), stdout, stderr)


def read_steps(order: Order) -> list[str]:
    """Return the steps that a run, which may be under way, has begun."""
    path = Path(order.log) / "steps"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _carry_out(order: Order) -> int:
    log = Path(order.log)
    log.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        os.dup2(os.open(log / name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), number)
    descriptor = os.open(log / "steps", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    # Whoever runs the tests in the background has switched it off.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(order.folder)
    steps = Steps(order.at, lambda _name: signal.raise_signal(signal.Signals[order.how]), descriptor)
    with pytest.MonkeyPatch.context() as patch:
        watch(patch, steps, order.group, order.few)
        try:
            make_app()(list(order.arguments))
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def _fork(order: Order) -> int:
    child = os.fork()
    if child == 0:
        status = 99
        try:
            status = _carry_out(order)
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(status)
    return child


def _serve(folder: str) -> None:
    with chdir(folder), suppress(SystemExit), redirect_stdout(io.StringIO()):
        make_app()(["issue", "--dry-run", "--quiet"])
    for line in sys.stdin:
        children = [_fork(Order(**each)) for each in json.loads(line)]
        states = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        sys.stdout.write(f"{json.dumps(states)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "run":
        sys.exit(_carry_out(Order(**json.loads(sys.argv[2]))))
    _serve(sys.argv[2])
