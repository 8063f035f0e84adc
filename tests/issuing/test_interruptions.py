"""Interrupted, `microcred issue` says how far it came; run again, it finishes. Two at once do no harm."""

import itertools
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from microcred_cli.cli.exits import Status
from tests.cli.program import Program
from tests.cli.terminal import Conversation
from tests.issuing.cohort import Cohort, make_cohort
from tests.issuing.stepped import ROOT, Order, Stage, name_command, read_end, read_steps

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these tests fork, which Windows does not")

FEW = 4
GROUP = 2
LONG = settings.get_current_profile_name() == "long"
PHRASE = "correct horse battery"
AGAIN = "run the same command again"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """Return a project in which nothing was issued yet; each test works on a copy."""
    return make_cohort(tmp_path_factory.mktemp("fresh") / "project", FEW)


@pytest.fixture(scope="module")
def stage(fresh: Cohort) -> Iterator[Stage]:
    """Return what carries out orders, each in a process of its own."""
    with Stage(fresh.folder) as stage:
        yield stage


@pytest.fixture
def cohort(fresh: Cohort, tmp_path: Path) -> Cohort:
    """Return a copy of the project."""
    return fresh.copy(tmp_path / "project")


@pytest.fixture
def locked(program: Program) -> Cohort:
    """Return a project whose key has a passphrase."""
    cohort = make_cohort(program.folder / "project", FEW)
    for path in (cohort.folder / "keys").iterdir():
        path.unlink()
    program.write("secret.txt", f"{PHRASE}\n").chmod(0o600)
    inside = Program(cohort.folder, pytest.MonkeyPatch())
    assert inside("key", "new", "a", "--passphrase-file", "../secret.txt", "--quiet").status == 0
    return cohort


def finish(cohort: Cohort) -> None:
    """Run it once more, undisturbed."""
    end = cohort.run()
    assert (end.returncode, end.stderr) == (0, "")
    cohort.check_finished(FEW)


def test_interrupted_at_each_step(fresh: Cohort, stage: Stage, tmp_path: Path) -> None:
    told = set()
    for at in itertools.count(1, 1 if LONG else 6):
        cohort = fresh.copy(tmp_path / str(at))
        [end] = stage.run(Order(str(cohort.folder), str(tmp_path / "log"), at=at, how="SIGINT"))
        if len(end.steps) < at:
            break
        made = cohort.check_sound()
        assert end.status == Status.INTERRUPTED, end
        match = re.fullmatch(
            rf"error: interrupted: ([0-9]+) of {FEW} badges are issued and noted\n  help: {AGAIN}[^\n]*\n"
            rf"|error: (?:stopped|interrupted): nothing was signed\n  help: {AGAIN}[^\n]*\n",
            end.stderr,
        )
        assert match, end
        assert int(match[1] or 0) == made["issued"]
        told.add(match[1])
        [again] = stage.run(Order(str(cohort.folder), str(tmp_path / "log"), group=GROUP))
        assert (again.status, again.stderr) == (0, "")
        cohort.check_finished(FEW)
    assert told == {None, "0", "2"}


@pytest.mark.parametrize("seed", range(20 if LONG else 3))
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_at_any_moment(cohort: Cohort, tmp_path: Path, how: signal.Signals, seed: int) -> None:
    order = Order(str(cohort.folder), str(tmp_path / "log"), group=1)
    phase = ("planning", "signing", "publishing")[seed % 3]
    with subprocess.Popen(name_command(order), cwd=ROOT) as process:
        while process.poll() is None and not any(each.startswith(phase) for each in read_steps(order)):
            time.sleep(0.001)
        time.sleep(seed / 100)
        process.send_signal(how)
    end = read_end(order, process.wait())
    assert "Traceback" not in end.stderr
    made = cohort.check_sound()
    if how is signal.SIGINT and made["issued"] < FEW:
        assert end.status == Status.INTERRUPTED
        assert end.stderr.startswith(("error: stopped: ", "error: interrupted: "))
    else:
        # At the very end Python itself no longer listens, and the system ends the program.
        assert end.status in {0, Status.INTERRUPTED, -how}
    finish(cohort)


@pytest.mark.parametrize("key", ["\x03", "\x04", "n\n", "\n"], ids=["Ctrl-C", "Ctrl-D", "no", "Enter"])
def test_nothing_is_written_when_the_answer_is_no(cohort: Cohort, key: str) -> None:
    with Conversation(cohort.folder, "issue") as talk:
        talk.read_until("Sign these 4 badges?")
        os.write(talk.master, key.encode())
        assert talk.finish() == Status.INTERRUPTED
    assert "nothing was signed" in talk.seen
    assert "Traceback" not in talk.seen
    assert cohort.check_sound() == {"planned": 0, "published": 0, "issued": 0}
    assert not cohort.badges.exists()
    finish(cohort)


def test_yes_signs(cohort: Cohort) -> None:
    with Conversation(cohort.folder, "issue") as talk:
        talk.read_until("Sign these 4 badges?")
        os.write(talk.master, b"y\n")
        assert talk.finish() == Status.GOOD
    cohort.check_finished(FEW)


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_interrupted_at_the_passphrase(locked: Cohort, key: str) -> None:
    with Conversation(locked.folder, "issue", "--yes") as talk:
        talk.read_until("Passphrase of the key a:")
        talk.type(key)
        assert talk.finish() == Status.INTERRUPTED
    assert ": nothing was signed" in talk.seen
    assert not locked.badges.exists()
    with Conversation(locked.folder, "issue", "--yes") as talk:
        talk.read_until("Passphrase of the key a:")
        talk.type(f"{PHRASE}\n")
        assert talk.finish() == Status.GOOD
    locked.check_finished(FEW)


def test_a_wrong_passphrase_leaves_no_plan(locked: Cohort) -> None:
    with Conversation(locked.folder, "issue", "--yes") as talk:
        talk.read_until("Passphrase of the key a:")
        talk.type("incorrect horse\n")
        assert talk.finish() == Status.USAGE
    assert "the passphrase is wrong" in talk.seen
    assert locked.check_sound() == {"planned": 0, "published": 0, "issued": 0}


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--show-fields"]])
def test_a_reader_that_goes_away_stops_nothing(tmp_path: Path, options: list[str]) -> None:
    """Of 500 badges the JSON is more than a pipe takes before somebody reads it."""
    learners = 500 if "json" in options else FEW
    cohort = make_cohort(tmp_path / "project", learners)
    reading, writing = os.pipe()
    with subprocess.Popen(
        [*cohort.command, *options], cwd=cohort.folder, stdout=writing, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(writing)
        os.close(reading)
        _, said = process.communicate()
    assert (process.returncode, said) == (Status.GOOD, "")
    cohort.check_finished(learners)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">/dev/full 2>/dev/full", "<&- >&- 2>&-"])
def test_closed_streams(cohort: Cohort, closed: str) -> None:
    if "full" in closed and not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    command = f"{sys.executable} -m microcred_cli issue --yes {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=cohort.folder, check=False)  # noqa: S607
    assert done.returncode == (Status.SURROUNDINGS if "full" in closed else Status.GOOD)
    if done.returncode:
        assert cohort.check_sound()["issued"] in {0, FEW}
        finish(cohort)
    cohort.check_finished(FEW)


def check_one_issued(ends: list[tuple[int, str]]) -> None:
    """Check that of several runs one has signed all, and the others said why they did not."""
    signed = [said for status, said in ends if status == 0 and f"{FEW} signed" in said]
    assert len(signed) == 1, ends
    for status, said in ends:
        if status == Status.SURROUNDINGS:
            assert said.startswith("error: Another microcred is writing to ")
        else:
            assert status == 0
            assert said in signed or "every award that was earned has its badge" in said


@pytest.mark.parametrize("runs", [2, 5])
def test_several_at_the_same_moment(fresh: Cohort, stage: Stage, tmp_path: Path, runs: int) -> None:
    for number in range(100 if LONG else 5):
        cohort = fresh.copy(tmp_path / str(number))
        logs = [tmp_path / f"log{each}" for each in range(runs)]
        ends = stage.run(
            *(Order(str(cohort.folder), str(log), ("issue", "--yes"), group=GROUP) for log in logs)
        )
        check_one_issued([(end.status, end.stderr) for end in ends])
        cohort.check_finished(FEW)


def test_one_that_starts_while_the_other_is_at_work(fresh: Cohort, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "microcred_cli", "issue", "--yes"]
    for number in range(50 if LONG else 4):
        cohort = fresh.copy(tmp_path / str(number))
        processes = []
        for _ in range(2):
            processes.append(
                subprocess.Popen(
                    command,
                    cwd=cohort.folder,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            time.sleep(number % 8 / 10)
        ends = []
        for process in processes:
            _, said = process.communicate()
            ends.append((process.returncode, said))
        check_one_issued(ends)
        cohort.check_finished(FEW)


def test_the_one_that_waits_for_an_answer_keeps_the_other_out(cohort: Cohort) -> None:
    with Conversation(cohort.folder, "issue") as talk:
        talk.read_until("Sign these 4 badges?")
        other = cohort.run()
        assert other.returncode == Status.SURROUNDINGS
        assert "Another microcred is writing to " in other.stderr
        assert not cohort.badges.exists()
        os.write(talk.master, b"y\n")
        assert talk.finish() == Status.GOOD
    cohort.check_finished(FEW)
