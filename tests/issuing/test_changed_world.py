"""The world changes between two runs: what was issued stays, and nobody gets a second badge."""

import csv
import json
import shutil
from contextlib import chdir
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from microcred_cli.cli.exits import Status
from microcred_cli.workflows.issue_badges import IssueOrder, open_batch
from tests.cli.program import Program, Run
from tests.issuing.cohort import Cohort, find_text, make_cohort

LEARNERS = 3


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """Return a project in which three badges are to be issued; each test works on a copy."""
    return make_cohort(tmp_path_factory.mktemp("fresh"), LEARNERS)


class World:
    """A copy of the project, and the program in it."""

    def __init__(self, cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cohort = cohort
        self._program = Program(cohort.folder, monkeypatch)

    def issue(self, *options: str) -> Run:
        """Issue without asking."""
        return self._program("issue", "--yes", *options)

    def plan(self, now: datetime | None = None) -> list[str]:
        """Record a plan as a run does that is killed before it signs; return the ids."""
        with chdir(self.cohort.folder), open_batch(IssueOrder(), now) as opened:
            assert opened.batch is not None
            opened.batch.note()
        return [each.id for each in self.cohort.read_badges()]

    def publish_unnoted(self) -> list[str]:
        """Issue, and leave the ledger as it is when a run is killed before it notes what it published."""
        ids = self.plan()
        planned = self.cohort.ledger.read_bytes()
        assert self.issue().status == Status.GOOD
        self.cohort.ledger.write_bytes(planned)
        assert {each.state for each in self.cohort.read_badges()} == {"planned"}
        return ids

    def verify(self) -> int:
        """Return the exit status of verifying all badges."""
        return self._program("verify", "badges").status


@pytest.fixture
def world(fresh: Cohort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a copy of the project that no other test has changed."""
    return World(fresh.copy(tmp_path / "copy"), monkeypatch)


def test_a_lost_ledger_stops_the_next_run_until_it_is_back(world: World) -> None:
    assert world.issue().status == Status.GOOD
    kept = world.cohort.ledger.read_bytes()
    files = world.cohort.read_files()
    world.cohort.ledger.unlink()
    run = world.issue()
    assert run.status == Status.FINDINGS
    assert "badges/ holds badges that the ledger does not know" in run.stderr
    assert "put the latest ledger back from your backup" in run.stderr
    assert not world.cohort.ledger.exists(), "a new ledger would hide that the old one is gone"
    world.cohort.ledger.write_bytes(kept)
    assert world.issue().status == Status.GOOD
    assert world.cohort.read_files() == files


def test_a_ledger_from_an_old_backup_is_noticed(world: World) -> None:
    gradebook = (world.cohort.folder / "gradebook.csv").read_text(encoding="utf-8")
    world.cohort.write("gradebook.csv", gradebook.rsplit("\n", 2)[0] + "\n")
    world.cohort.assess()
    assert world.issue().status == Status.GOOD
    old = world.cohort.ledger.read_bytes()
    world.cohort.write("gradebook.csv", gradebook)
    world.cohort.assess()
    assert world.issue().status == Status.GOOD
    world.cohort.ledger.write_bytes(old)
    run = world.issue()
    assert run.status == Status.FINDINGS
    assert "it lacks 1" in run.stderr
    assert len(list(world.cohort.badges.glob("*.json"))) == LEARNERS


def test_a_list_that_was_deleted_is_written_again(world: World) -> None:
    assert world.issue().status == Status.GOOD
    listed = (world.cohort.badges / "issued.csv").read_bytes()
    (world.cohort.badges / "issued.csv").unlink()
    assert world.issue().status == Status.GOOD
    assert (world.cohort.badges / "issued.csv").read_bytes() == listed
    world.cohort.check_finished(LEARNERS)


def test_a_list_that_somebody_reshaped_is_not_overwritten(world: World) -> None:
    assert world.issue().status == Status.GOOD
    world.cohort.write("badges/issued.csv", "whose;badge\nAda;1\n")
    run = world.issue()
    assert run.status == Status.FINDINGS
    assert "badges/issued.csv" in run.stderr
    assert (world.cohort.badges / "issued.csv").read_text(encoding="utf-8") == "whose;badge\nAda;1\n"


def test_rows_of_badges_that_this_assessment_does_not_hold_stay_in_the_list(world: World) -> None:
    assert world.issue().status == Status.GOOD
    world.cohort.change("gradebook.csv", "00001,Learner 1,learner1@example.org,2\n", "")
    world.cohort.assess()
    assert world.issue().status == Status.GOOD
    assert [row.learner for row in world.cohort.read_list()] == ["00000", "00001", "00002"]


def test_a_badge_that_was_planned_waits_while_its_learner_is_not_in_the_assessment(world: World) -> None:
    ids = world.plan()
    gradebook = (world.cohort.folder / "gradebook.csv").read_text(encoding="utf-8")
    world.cohort.change("gradebook.csv", "00001,Learner 1,learner1@example.org,2\n", "")
    world.cohort.assess()
    run = world.issue()
    assert run.status == Status.GOOD
    assert "waiting since this assessment holds no such award: 1" in run.stdout
    assert [each.state for each in world.cohort.read_badges()] == ["issued", "planned", "issued"]
    world.cohort.write("gradebook.csv", gradebook)
    world.cohort.assess()
    assert world.issue().status == Status.GOOD
    assert [each.id for each in world.cohort.read_badges()] == ids
    assert {each.state for each in world.cohort.read_badges()} == {"issued"}


CHANGES = {
    "the issuer's name": ("microcred.yaml", "Example College", "Sample College"),
    "what is told of the holder": ("microcred.yaml", "rubrics:", "recipient: {name: plain}\nrubrics:"),
    "whether scores are told": ("microcred.yaml", "rubrics:", "results: scores\nrubrics:"),
    "a level's words": ("rubrics/teamwork.yaml", "Sums up", "Repeats"),
    "the rubric's version": ("rubrics/teamwork.yaml", "version: 1.0.0", "version: 1.1.0"),
    "the picture": ("rubrics/teamwork.svg", "#357", "#735"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_plan_that_does_not_fit_any_more_is_refused_until_it_is_replanned(
    world: World, change: tuple[str, str, str]
) -> None:
    ids = world.plan()
    world.cohort.change(*change)
    world.cohort.assess()
    run = world.issue()
    assert run.status == Status.FINDINGS
    assert f"{LEARNERS} badges that were planned on " in run.stderr
    assert "microcred issue --replan" in run.stderr
    assert not world.cohort.badges.exists()
    assert [each.id for each in world.cohort.read_badges()] == ids
    run = world.issue("--replan")
    assert run.status == Status.GOOD, run.output
    world.cohort.check_finished(LEARNERS)
    assert not {each.id for each in world.cohort.read_badges()} & set(ids)


def test_a_plan_made_back_as_it_was_is_carried_out(world: World) -> None:
    ids = world.plan()
    world.cohort.change("microcred.yaml", "Example College", "Sample College")
    assert world.issue().status == Status.FINDINGS
    world.cohort.change("microcred.yaml", "Sample College", "Example College")
    assert world.issue().status == Status.GOOD
    world.cohort.check_finished(LEARNERS)
    assert [each.id for each in world.cohort.read_badges()] == ids


def test_another_key_does_not_carry_out_the_plan_of_the_first(world: World) -> None:
    world.plan()
    shutil.rmtree(world.cohort.folder / "keys")
    program = world._program  # noqa: SLF001 - the same folder
    assert program("key", "new", "--unencrypted").status == Status.GOOD
    assert world.issue().status == Status.FINDINGS
    assert not world.cohort.badges.exists()
    assert world.issue("--replan").status == Status.GOOD
    world.cohort.check_finished(LEARNERS)


def test_a_plan_made_while_the_clock_was_ahead_is_not_signed_before_its_time(world: World) -> None:
    world.plan(datetime.now(UTC) + timedelta(days=2))
    run = world.issue()
    assert run.status == Status.FINDINGS
    assert "the clock" in run.stderr
    assert not world.cohort.badges.exists()
    assert world.issue("--replan").status == Status.GOOD
    world.cohort.check_finished(LEARNERS)


@pytest.mark.parametrize("option", [(), ("--replan",)])
def test_badges_on_disk_that_the_ledger_only_planned_are_kept_whatever_changes(
    world: World, option: tuple[str, ...]
) -> None:
    ids = world.publish_unnoted()
    files = world.cohort.read_files()
    world.cohort.change("microcred.yaml", "Example College", "Sample College")
    run = world.issue(*option)
    assert run.status == Status.GOOD, run.output
    assert "every award that was earned has its badge" in run.stderr
    assert world.cohort.read_files() == files
    assert [each.id for each in world.cohort.read_badges()] == ids
    world.cohort.check_finished(LEARNERS)


def test_a_badge_of_which_only_the_picture_was_published_is_whole_again(world: World) -> None:
    ids = world.publish_unnoted()
    files = world.cohort.read_files()
    for each in ids:
        (world.cohort.badges / f"{each}.json").unlink()
    world.cohort.change("microcred.yaml", "Example College", "Sample College")
    assert world.issue().status == Status.GOOD
    assert world.cohort.read_files() == files
    world.cohort.check_finished(LEARNERS)


@pytest.mark.parametrize("option", [(), ("--replan",)])
def test_a_file_that_only_looks_like_the_planned_badge_does_not_count(
    world: World, option: tuple[str, ...]
) -> None:
    ids = world.publish_unnoted()
    for each in ids:
        text = (world.cohort.badges / f"{each}.json").read_text(encoding="utf-8")
        document = json.loads(text)
        document["proof"]["proofValue"] = "z" + "2" * 87
        (world.cohort.badges / f"{each}.json").write_text(json.dumps(document), encoding="utf-8")
        (world.cohort.badges / f"{each}.svg").unlink()
    world.cohort.change("microcred.yaml", "Example College", "Sample College")
    assert world.issue().status == Status.FINDINGS
    if not option:
        world.cohort.change("microcred.yaml", "Sample College", "Example College")
    assert world.issue(*option).status == Status.GOOD
    world.cohort.check_finished(LEARNERS)
    assert world.verify() == Status.GOOD


def test_one_version_has_one_meaning(world: World) -> None:
    gradebook = (world.cohort.folder / "gradebook.csv").read_text(encoding="utf-8")
    assert world.issue().status == Status.GOOD
    files = world.cohort.read_files()
    world.cohort.write("gradebook.csv", f"{gradebook}late,Late,,2\n")
    world.cohort.change("rubrics/teamwork.yaml", "Sums up another's point.", "Sums up.")
    world.cohort.assess()
    run = world.issue()
    assert run.status == Status.FINDINGS
    assert "version 1.0.0 was issued before with another `resultDescription`" in run.stderr
    assert world.cohort.read_files() == files
    world.cohort.change("rubrics/teamwork.yaml", "version: 1.0.0", "version: 1.0.1")
    world.cohort.assess()
    assert world.issue().status == Status.GOOD
    assert [each.version for each in world.cohort.read_badges()] == [*["1.0.0"] * LEARNERS, "1.0.1"]


def test_a_new_picture_needs_no_new_version(world: World) -> None:
    gradebook = (world.cohort.folder / "gradebook.csv").read_text(encoding="utf-8")
    assert world.issue().status == Status.GOOD
    world.cohort.write("gradebook.csv", f"{gradebook}late,Late,,2\n")
    world.cohort.change("rubrics/teamwork.svg", "#357", "#735")
    world.cohort.assess()
    assert world.issue().status == Status.GOOD
    world.cohort.check_finished(LEARNERS + 1)


def test_a_badge_that_is_not_earned_any_more_is_told_of(world: World) -> None:
    assert "not earned by this assessment" not in world.issue().stdout
    world.cohort.change("gradebook.csv", "00001,Learner 1,learner1@example.org,2", "00001,Learner 1,,1")
    world.cohort.assess()
    run = world.issue()
    assert run.status == Status.GOOD
    assert "Issued before and not earned by this assessment, but still valid: 1" in run.stdout
    world.cohort.check_finished(LEARNERS)


def test_a_gradebook_that_changed_since_is_told(world: World) -> None:
    assert "has changed" not in world.issue("--dry-run").stderr
    world.cohort.change("gradebook.csv", "Learner 1", "Learner One")
    assert "gradebook.csv has changed since it was assessed" in world.issue("--dry-run").stderr


def test_a_learner_spelled_with_another_case_is_no_other_learner(world: World) -> None:
    heading = "learner,name,email,Minutes\n"
    world.cohort.write("gradebook.csv", f"{heading}Ab-1,Ada,,2\n")
    world.cohort.assess()
    assert world.issue().status == Status.GOOD
    world.cohort.write("gradebook.csv", f"{heading}aB-1 ,Ada,,2\n")
    world.cohort.assess()
    run = world.issue()
    assert "every award that was earned has its badge" in run.stderr
    assert len(world.cohort.read_badges()) == 1


def test_a_file_that_is_gone_is_told_and_nobody_gets_a_second_badge(world: World) -> None:
    assert world.issue().status == Status.GOOD
    first = world.cohort.read_badges()[0].id
    (world.cohort.badges / f"{first}.svg").unlink()
    run = world.issue()
    assert run.status == Status.FINDINGS
    assert f"1 badge issued before lacks a file in badges/; the first is {first}" in run.stderr
    assert len(world.cohort.read_badges()) == LEARNERS
    assert len(list(world.cohort.badges.glob("*.json"))) == LEARNERS


def test_what_killed_runs_left_goes_and_what_others_put_there_stays(world: World) -> None:
    assert world.issue().status == Status.GOOD
    world.cohort.write("badges/.microcred-0123456789abcdef", "half a ba")
    world.cohort.write("badges/notes.txt", "sent on Monday")
    assert world.issue().status == Status.GOOD
    assert world.cohort.list_temporaries() == []
    assert (world.cohort.badges / "notes.txt").exists()


def test_the_list_reads_as_a_table(world: World) -> None:
    assert world.issue().status == Status.GOOD
    with (world.cohort.badges / "issued.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["learner"], row["name"], row["email"]) for row in rows] == [
        (f"{each:05}", f"Learner {each}", f"learner{each}@example.org") for each in range(LEARNERS)
    ]
    for row in rows:
        text = (world.cohort.badges / row["json"]).read_text(encoding="utf-8")
        assert find_text((world.cohort.badges / row["svg"]).read_bytes()) == text
