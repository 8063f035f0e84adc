"""What the surroundings refuse is said in one message; nothing is half-written, and the next run finishes."""

import errno
import itertools
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from microcred_cli.cli.exits import Status
from tests.cli.program import Program, Run
from tests.issuing.cohort import Cohort, make_cohort
from tests.issuing.stepped import ROOT, Steps, refuse, watch
from tests.mounts import start_with_mounts

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")

FEW = 4
LONG = settings.get_current_profile_name() == "long"
REFUSALS = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EIO: "Input/output error",
    errno.EROFS: "the disk is read-only",
    getattr(errno, "EDQUOT", errno.ENOSPC): "free some space",
}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """Return a project in which nothing was issued yet; each test works on a copy."""
    return make_cohort(tmp_path_factory.mktemp("fresh") / "project", FEW)


class World:
    """A copy of the project, and the program in it."""

    def __init__(self, cohort: Cohort, patch: pytest.MonkeyPatch) -> None:
        self.cohort = cohort
        self._patch = patch
        self._program = Program(cohort.folder, patch)

    def issue(self, *options: str) -> Run:
        return self._program("issue", "--yes", "--quiet", *options)

    def check_refused(self, *said: str) -> None:
        """Check that a run says in one message what was refused, and leaves nothing half."""
        check_refusal(self.issue(), *said)
        self.cohort.check_sound()
        assert self.cohort.list_temporaries() == []

    def refuse_at(self, name: str, number: int = errno.EIO, *said: str) -> None:
        """Run it, and refuse the first step of a name."""
        self._patch.chdir(self.cohort.folder)
        with pytest.MonkeyPatch.context() as patch:
            watch(patch, Steps(name, refuse(number)), 2, 2)
            self.check_refused(*said)

    def check_finishes(self) -> None:
        """Check that a run issues all."""
        run = self.issue()
        assert (run.status, run.stderr) == (Status.GOOD, "")
        self.cohort.check_finished(FEW)


@pytest.fixture
def world(fresh: Cohort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a copy of the project that no other test has changed."""
    return World(fresh.copy(tmp_path / "project"), monkeypatch)


def check_refusal(run: Run, *said: str) -> None:
    """Check that a run ended with 5 and one message, which holds what it should."""
    assert run.status == Status.SURROUNDINGS, run.output
    assert re.fullmatch(r"error: [^\n]+\n(  help: [^\n]+\n)?", run.stderr), run.stderr
    for each in said:
        assert each in run.stderr


def choose_steps(fresh: Cohort, folder: Path, first: int, few: int) -> Iterator[int]:
    """Return every fifth step of a run that nothing refuses, the first of each phase, and one past all."""
    world = World(fresh.copy(folder), pytest.MonkeyPatch())
    steps = Steps(None, refuse(0))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(world.cohort.folder)
        watch(patch, steps, 2, few)
        assert world.issue().status == Status.GOOD
    phases = [name.partition(": ")[0] for name in steps.names]
    chosen = {phases.index(phase) + 1 for phase in set(phases)} | set(range(first, len(phases) + 1, 5))
    yield from sorted(each for each in chosen if each >= first)
    yield len(phases) + 5


@pytest.mark.parametrize(("few", "first"), [(2, 1), (16, 2)], ids=["flushed at once", "flushed one by one"])
def test_whatever_step_is_refused_it_is_said_and_done_later(
    fresh: Cohort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, first: int
) -> None:
    """Every step is refused for every reason in the long profile; otherwise the reasons take turns."""
    refused = set()
    reasons = list(REFUSALS)
    for at in itertools.count(first) if LONG else choose_steps(fresh, tmp_path / "counted", first, few):
        reached = False
        for number in reasons if LONG else [reasons[at % len(reasons)]]:
            world = World(fresh.copy(tmp_path / f"{at}-{number}"), monkeypatch)
            monkeypatch.chdir(world.cohort.folder)
            steps = Steps(at, refuse(number))
            with pytest.MonkeyPatch.context() as patch:
                watch(patch, steps, 2, few)
                run = world.issue()
            reached = steps.reached
            made = world.cohort.check_sound()
            if run.status != Status.GOOD:
                assert reached
                check_refusal(run)
                assert world.cohort.list_temporaries() == []
                refused.add(steps.names[at - 1])
            else:
                assert run.stderr == ""
                assert made["issued"] == FEW
            world.check_finishes()
        if not reached:
            break
    assert {each.partition(": ")[0] for each in refused} >= {"opening", "publishing", "recording", "marking"}


@pytest.mark.parametrize("number", REFUSALS)
def test_the_message_says_what_to_do(world: World, number: int) -> None:
    world.refuse_at("publishing: write", number, "badges cannot be written", REFUSALS[number])
    world.check_finishes()


@pytest.mark.parametrize("number", REFUSALS)
def test_a_ledger_that_is_refused(world: World, number: int) -> None:
    world.refuse_at("recording: sqlite commit", number, "ledger.db cannot be written", "disk")
    assert not world.cohort.badges.exists()
    world.check_finishes()


def test_a_file_where_the_badges_go(world: World) -> None:
    world.cohort.write("badges", "mine")
    check_refusal(world.issue(), "badges", "a file has the name of a folder it needs")
    assert world.cohort.badges.read_text() == "mine"
    world.cohort.badges.unlink()
    world.check_finishes()


@posix
@pytest.mark.parametrize("there", [True, False])
def test_badges_that_lead_elsewhere(world: World, tmp_path: Path, *, there: bool) -> None:
    elsewhere = tmp_path / "elsewhere"
    if there:
        elsewhere.mkdir()
    world.cohort.badges.symlink_to(elsewhere)
    check_refusal(world.issue(), "badges cannot be written", "symbolic link")
    assert there is elsewhere.exists()
    assert not there or list(elsewhere.iterdir()) == []
    world.cohort.badges.unlink()
    world.check_finishes()


@posix
def test_replanning_removes_nothing_from_where_badges_lead(world: World, tmp_path: Path) -> None:
    world.refuse_at("signing: start")
    planned = world.cohort.read_badges()
    assert len(planned) == FEW
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for each in planned:
        (elsewhere / f"{each.id}.json").write_text("mine")
    if world.cohort.badges.exists():
        world.cohort.badges.rmdir()
    world.cohort.badges.symlink_to(elsewhere)
    world.cohort.change("microcred.yaml", "Example College", "Sample College")
    check_refusal(world.issue("--replan"), "symbolic link")
    assert len(list(elsewhere.iterdir())) == FEW
    world.cohort.badges.unlink()
    run = world.issue("--replan")
    assert (run.status, run.stderr) == (Status.GOOD, "")
    world.cohort.check_finished(FEW)


@posix
@pytest.mark.parametrize("name", ["ledger.db", "ledger.db-wal"])
def test_a_ledger_that_is_no_file(world: World, name: str) -> None:
    (world.cohort.folder / name).mkdir()
    run = world.issue()
    assert run.status in {Status.FINDINGS, Status.SURROUNDINGS}
    assert "ledger.db" in run.stderr
    assert not world.cohort.badges.exists()
    (world.cohort.folder / name).rmdir()
    world.check_finishes()


@contextmanager
def take_rights(folder: Path) -> Iterator[None]:
    """Make this an ordinary user, whose the folder is."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)
    try:
        if not os.access(ROOT / "microcred_cli" / "__main__.py", os.R_OK, effective_ids=True):
            pytest.skip("an ordinary user may not read the program")
        yield
    finally:
        os.seteuid(0)


@posix
@pytest.mark.parametrize(
    ("name", "issued"), [(".", False), (".", True), ("badges", False), ("badges", True), ("ledger.db", True)]
)
def test_what_may_not_be_written_to(
    fresh: Cohort, monkeypatch: pytest.MonkeyPatch, name: str, *, issued: bool
) -> None:
    """With badges issued before, and without."""
    # Pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        world = World(fresh.copy(Path(folder) / "project"), monkeypatch)
        if issued:
            gradebook = (world.cohort.folder / "gradebook.csv").read_text(encoding="utf-8")
            world.cohort.write("gradebook.csv", gradebook.rsplit("\n", 2)[0] + "\n")
            world.cohort.assess()
            assert world.issue().status == Status.GOOD
            world.cohort.write("gradebook.csv", gradebook)
            world.cohort.assess()
        path = world.cohort.folder / name
        if not path.exists():
            path.mkdir()
        mode = path.stat().st_mode
        path.chmod(0o555 if path.is_dir() else 0o444)
        with take_rights(world.cohort.folder):
            run = world.issue()
        path.chmod(mode)
        check_refusal(run, "badges" if name == "badges" else "ledger.db")
        world.cohort.check_sound()
        with take_rights(world.cohort.folder):
            world.check_finishes()


SCRIPT = """
import errno, os, subprocess, sys
from pathlib import Path
import pytest
from tests.issuing.cohort import Cohort
from tests.issuing.test_surroundings import World, {name}
disk, source = Path(sys.argv[1]), Path(sys.argv[2])
with pytest.MonkeyPatch.context() as patch:
    patch.setenv("COLUMNS", "120")
    for line in {name}(disk, Cohort(source), patch):
        print(line)
"""


def run_on_disks_of_its_own(function: Callable[..., Iterator[str]], disk: Path, source: Cohort) -> list[str]:
    """Run a function that may mount what nobody else sees; return the lines it yields."""
    script = SCRIPT.format(name=function.__name__)
    done = subprocess.run(
        [*start_with_mounts(disk), sys.executable, "-c", script, str(disk), str(source.folder)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert list(disk.iterdir()) == []
    return done.stdout.splitlines()


def mount(disk: Path, options: str) -> None:
    """Mount a new disk in memory, or change the one that is there."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=True)  # noqa: S607


def fill_disks(disk: Path, source: Cohort, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Issue with ever more room left on a disk of 2 MB; yield what was made and said of it."""
    patch.setattr("microcred_cli.workflows.issue_badges.GROUP", 1)
    page = os.sysconf("SC_PAGE_SIZE")
    for free in itertools.count(0, 1 if LONG else 6):
        mount(disk, "size=2m")
        world = World(source.copy(disk / "project"), patch)
        status = os.statvfs(disk)
        ballast = status.f_bavail - free
        (disk / "ballast").write_bytes(bytes(ballast * page))
        run = world.issue()
        made = world.cohort.check_sound()
        assert world.cohort.list_temporaries() == []
        if run.status != Status.GOOD:
            check_refusal(run, "the disk")
        (disk / "ballast").unlink()
        world.check_finishes()
        os.chdir("/")
        subprocess.run(["umount", disk], check=True)  # noqa: S607
        yield f"{made['planned']} {made['published']} {made['issued']} {run.stderr.splitlines()[:1]}"
        if run.status == Status.GOOD:
            break


def run_out_of_names(disk: Path, source: Cohort, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Issue on disks that hold ever more files; yield what was made and said of it."""
    patch.setattr("microcred_cli.workflows.issue_badges.GROUP", 1)
    names = len(list(source.folder.rglob("*"))) + 2
    for more in itertools.count(0):
        mount(disk, f"size=9m,nr_inodes={names + more}")
        world = World(source.copy(disk / "project"), patch)
        run = world.issue()
        made = world.cohort.check_sound()
        assert world.cohort.list_temporaries() == []
        if run.status != Status.GOOD:
            check_refusal(run)
        mount(disk, "remount,nr_inodes=1000")
        world.check_finishes()
        os.chdir("/")
        subprocess.run(["umount", disk], check=True)  # noqa: S607
        yield f"{made['planned']} {made['published']} {made['issued']} {run.stderr.splitlines()[:1]}"
        if run.status == Status.GOOD:
            break


def close_disks(disk: Path, source: Cohort, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Issue where a disk, the badges or the ledger became read-only; yield what is said."""
    mount(disk, "size=9m")
    gradebook = (source.folder / "gradebook.csv").read_text(encoding="utf-8")
    for number, (name, issued) in enumerate(itertools.product((".", "badges", "ledger.db"), (False, True))):
        world = World(source.copy(disk / str(number)), patch)
        if issued or name == "ledger.db":
            world.cohort.write("gradebook.csv", gradebook.rsplit("\n", 2)[0] + "\n")
            world.cohort.assess()
            assert world.issue().status == Status.GOOD
            world.cohort.write("gradebook.csv", gradebook)
            world.cohort.assess()
        path = world.cohort.folder / name
        if name == "badges":
            path.mkdir(exist_ok=True)
        subprocess.run(["mount", "--bind", path, path], check=True)  # noqa: S607
        subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True)  # noqa: S607
        os.chdir("/")
        run = world.issue()
        yield run.stderr.splitlines()[0]
        check_refusal(run)
        world.cohort.check_sound()
        os.chdir("/")
        subprocess.run(["umount", path], check=True)  # noqa: S607
        world.check_finishes()
    os.chdir("/")
    subprocess.run(["umount", disk], check=True)  # noqa: S607


@pytest.mark.parametrize("function", [fill_disks, run_out_of_names])
def test_disks_that_are_full_sooner_or_later(
    fresh: Cohort, tmp_path: Path, function: Callable[..., Iterator[str]]
) -> None:
    lines = run_on_disks_of_its_own(function, tmp_path, fresh)
    made = [tuple(map(int, line.split()[:3])) for line in lines]
    assert {planned for planned, _, _ in made} == {0, FEW}
    assert {issued for _, _, issued in made} >= {0, FEW}
    assert len({issued for _, _, issued in made}) > 2
    sys.stdout.write("\n".join(lines))


def test_disks_that_are_read_only(fresh: Cohort, tmp_path: Path) -> None:
    lines = run_on_disks_of_its_own(close_disks, tmp_path, fresh)
    assert len(lines) == 6
    sys.stdout.write("\n".join(lines))
