"""Whatever kills `microcred issue`, at any moment: nothing is lost, issued twice or half-written."""

import itertools
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from tests.issuing.cohort import Cohort, make_cohort
from tests.issuing.stepped import ISSUE, ROOT, Order, Stage, name_command, read_end, read_steps

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these tests fork, which Windows does not")

FEW = 4
LONG = settings.get_current_profile_name() == "long"
# Every step is one to be killed at; where two tests take nearly the same steps, one passes some over.
STRIDE = 1 if LONG else 7


def make_telling(folder: Path, learners: int) -> Cohort:
    """Make a project whose badges tell of their holders, which takes a salt for each."""
    cohort = make_cohort(folder, learners)
    cohort.change("microcred.yaml", "rubrics:", "recipient: {email: hashed}\nrubrics:")
    return cohort


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """Return a small project in which nothing was issued yet."""
    return make_telling(tmp_path_factory.mktemp("small") / "fresh", FEW)


@pytest.fixture(scope="module")
def stage(fresh: Cohort) -> Iterator[Stage]:
    """Return what carries out orders, each in a process of its own."""
    with Stage(fresh.folder) as stage:
        yield stage


class Planned:
    """A project whose plan is in the ledger, and what a run that nothing disturbs makes of it."""

    def __init__(self, fresh: Cohort, learners: int, stage: Stage, group: int) -> None:
        folder = fresh.folder.parent
        self.learners = learners
        self.group = group
        self.cohort = fresh.copy(folder / "planned")
        [first] = stage.run(Order(str(fresh.copy(folder / "first").folder), str(folder / "log")))
        at = first.steps.index("signing: start") + 1
        [killed] = stage.run(Order(str(self.cohort.folder), str(folder / "log"), at=at))
        assert killed.steps[-1] == "signing: start"
        assert self.cohort.check_sound() == {"planned": learners, "published": 0, "issued": 0}
        self.steps_before = at
        done = self.cohort.copy(folder / "done")
        begun = time.monotonic()
        [undisturbed] = stage.run(Order(str(done.folder), str(folder / "log"), group=group))
        self.seconds = time.monotonic() - begun
        assert undisturbed.status == 0
        done.check_finished(learners, sample=learners)
        self.steps = undisturbed.steps
        self.files = done.read_files()
        self.rows = done.read_rows()

    def check_finished(self, cohort: Cohort) -> None:
        """Check that a run has made the same as one that nothing has disturbed, to the byte."""
        assert cohort.read_files() == self.files
        assert cohort.read_rows() == self.rows
        assert cohort.list_temporaries() == []


@pytest.fixture(scope="module")
def planned(fresh: Cohort, stage: Stage) -> Planned:
    """Return the small project, planned."""
    return Planned(fresh, FEW, stage, 2)


def finish(cohort: Cohort, stage: Stage, log: Path, group: int) -> None:
    """Run it once more, undisturbed."""
    [end] = stage.run(Order(str(cohort.folder), str(log), group=group))
    assert (end.status, end.stderr) == (0, "")


@pytest.mark.parametrize(
    ("few", "stride"), [(2, 1), (16, STRIDE)], ids=["flushed at once", "flushed one by one"]
)
def test_killed_at_each_step_that_follows_the_plan(
    planned: Planned, stage: Stage, tmp_path: Path, few: int, stride: int
) -> None:
    steps = []
    for at in itertools.count(1, stride):
        cohort = planned.cohort.copy(tmp_path / str(at))
        [end] = stage.run(Order(str(cohort.folder), str(tmp_path / "log"), few=few, at=at))
        if end.status == 0:
            break
        assert end.status == -9
        steps.append(end.steps[-1])
        cohort.check_sound(planned.files)
        finish(cohort, stage, tmp_path / "log", planned.group)
        planned.check_finished(cohort)
    planned.check_finished(cohort)
    if stride == 1:
        seen = {"noting: sqlite commit", "signing: start", "publishing: write", "publishing: replace"}
        seen |= {"publishing: fsync", "marking: sqlite begin", "marking: sqlite commit"}
        assert seen <= set(steps)
        assert ("publishing: syncfs" in steps) is (few == 2 and sys.platform == "linux")


def test_killed_at_each_step_up_to_the_plan(
    fresh: Cohort, planned: Planned, stage: Stage, tmp_path: Path
) -> None:
    for at in range(1, planned.steps_before + 1):
        cohort = fresh.copy(tmp_path / str(at))
        [end] = stage.run(Order(str(cohort.folder), str(tmp_path / "log"), at=at))
        assert end.status == -9
        made = cohort.check_sound()
        assert made["planned"] == (FEW if at == planned.steps_before else 0)
        assert made["published"] == 0
        finish(cohort, stage, tmp_path / "log", planned.group)
        cohort.check_finished(FEW)


def test_killed_at_each_step_of_replanning(planned: Planned, stage: Stage, tmp_path: Path) -> None:
    """The plan that does not fit any more, and what is left of it, goes before a new one is made."""
    changed = planned.cohort.copy(tmp_path / "changed")
    changed.change("microcred.yaml", "Example College", "Sample College")
    replan = (*ISSUE, "--replan")
    for at in itertools.count(1, STRIDE):
        cohort = changed.copy(tmp_path / str(at))
        [end] = stage.run(Order(str(cohort.folder), str(tmp_path / "log"), replan, at=at))
        if end.status == 0:
            break
        cohort.check_sound()
        [end] = stage.run(Order(str(cohort.folder), str(tmp_path / "log"), replan))
        assert (end.status, end.stderr) == (0, "")
        cohort.check_finished(FEW)
    cohort.check_finished(FEW)


@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "fsync", "openat"])
def test_killed_at_a_call_that_sqlite_makes(
    planned: Planned, stage: Stage, tmp_path: Path, call: str
) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    if subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("strace may not trace here")
    for at in itertools.count(1, 1 if LONG else 17):
        cohort = planned.cohort.copy(tmp_path / str(at))
        order = Order(str(cohort.folder), str(tmp_path / "log"), group=planned.group)
        inject = f"inject={call}:signal=SIGKILL:when={at}"
        options = ["-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]
        for path in (cohort.folder, cohort.ledger, f"{cohort.ledger}-wal", f"{cohort.ledger}-shm"):
            options += ["-P", str(path)]
        status = subprocess.run([strace, *options, *name_command(order)], cwd=ROOT, check=False).returncode
        cohort.check_sound(planned.files)
        finish(cohort, stage, tmp_path / "log", planned.group)
        planned.check_finished(cohort)
        if status == 0:
            assert at > 1
            break
        assert status == -9


def kill(cohort: Cohort, log: Path, group: int, phase: str, seconds: float) -> tuple[int, str]:
    """Kill a run some time after it has come to a phase; return its status and the step it was at."""
    order = Order(str(cohort.folder), str(log), group=group)
    (log / "steps").unlink(missing_ok=True)
    with subprocess.Popen(name_command(order), cwd=ROOT) as process:
        while process.poll() is None and not any(each.startswith(phase) for each in read_steps(order)):
            time.sleep(0.001)
        time.sleep(seconds)
        process.kill()
    end = read_end(order, process.wait())
    assert end.stderr == ""
    assert end.status in {0, -9}
    return end.status, end.steps[-1]


class Chain:
    """Runs of which each resumes the one that was killed before it."""

    def __init__(self, learners: int, group: int, stage: Stage, folder: Path, seed: int) -> None:
        self.stage = stage
        self.folder = folder
        self.fresh = make_telling(folder / "fresh", learners)
        self.planned = Planned(self.fresh, learners, stage, group)
        self.moments = random.Random(seed)  # noqa: S311 - the same in every run, as far as a machine allows
        self.steps: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.finished = 0

    def kill_before_the_plan(self, kills: int) -> None:
        """Kill runs of which none has come further than its plan, and finish."""
        cohort = self.fresh.copy(self.folder / "before")
        for _ in range(kills):
            phase = self.moments.choice(["opening", "planning"])
            made = self._kill(cohort, phase, self.planned.seconds / 2)
            if made["planned"]:
                assert made["planned"] == self.planned.learners
                break
        finish(cohort, self.stage, self.folder / "log", self.planned.group)
        cohort.check_finished(self.planned.learners)

    def kill_after_the_plan(self, kills: int) -> None:
        """Kill runs that carry out one plan; when all is issued, begin anew with a copy of it."""
        planned, cohort, issued = self.planned, self.planned.cohort.copy(self.folder / "0"), 0
        while self.steps.total() < kills:
            phase = self.moments.choice(["opening", "planning", *["signing"] * 8])
            made = self._kill(cohort, phase, planned.seconds / 8, planned.files)
            assert made["planned"] == planned.learners
            assert made["published"] >= made["issued"] >= issued
            issued = made["issued"]
            if issued == planned.learners:
                self._finish(cohort)
                cohort, issued = planned.cohort.copy(self.folder / str(self.finished)), 0
        self._finish(cohort)

    def _kill(
        self, cohort: Cohort, phase: str, seconds: float, whole: Mapping[str, bytes] | None = None
    ) -> dict[str, int]:
        log, group = self.folder / "log", self.planned.group
        status, step = kill(cohort, log, group, phase, self.moments.random() * seconds)
        made = cohort.check_sound(whole)
        if status != 0:
            self.steps[step] += 1
            self.left[self._describe(made)] += 1
        return made

    def _describe(self, made: dict[str, int]) -> str:
        if not made["planned"]:
            return "left without a plan"
        if not made["published"]:
            return "left with a plan and no badge"
        if made["issued"] == self.planned.learners:
            return "left with every badge"
        if made["published"] > made["issued"]:
            return "left with badges, some not in the ledger"
        return "left with some badges, all in the ledger"

    def _finish(self, cohort: Cohort) -> None:
        finish(cohort, self.stage, self.folder / "log", self.planned.group)
        self.planned.check_finished(cohort)
        self.finished += 1


@pytest.mark.parametrize("seed", range(2))
def test_killed_again_and_again_at_any_moment(stage: Stage, tmp_path: Path, seed: int) -> None:
    """What ``pytest -rP`` shows of it is where the kills struck."""
    learners, group, before, kills = (500, 20, 10, 60) if LONG else (30, 3, 1, 4)
    chain = Chain(learners, group, stage, tmp_path, seed)
    chain.kill_before_the_plan(before)
    chain.kill_after_the_plan(kills)
    counts = [*sorted(chain.steps.items()), *sorted(chain.left.items())]
    struck = "".join(f"{number:5} {what}\n" for what, number in counts)
    sys.stdout.write(f"{struck}{chain.steps.total():5} kills, {chain.finished} times finished\n")
