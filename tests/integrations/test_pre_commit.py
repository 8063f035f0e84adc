"""The hooks for pre-commit, run by pre-commit in a scratch repository."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.guide import list_commands, read_section, read_yaml
from tests.integrations.repository import HERE, Repository
from tests.integrations.surroundings import LONG, need_index
from tests.linting.samples import PROJECT, edit_rubric
from tests.shared import ROOT

CLEAN = edit_rubric("  image: teamwork.svg\n", "")
BROKEN = CLEAN.replace("shown_at: proficient", "shown_at: profficient")
WARNED = CLEAN.replace("shown_at: proficient", "shown_at: beginning")
MENDABLE = CLEAN.replace("source: instructor", "source: Instructor  # kept")
LINT = {"id": "microcred-lint", **HERE}
FIX = {"id": "microcred-lint-fix", **HERE}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository that may have our hooks."""
    return Repository(tmp_path)


@pytest.fixture
def linted(repository: Repository) -> Repository:
    """Return a repository whose rubrics are linted before each commit."""
    repository.configure(LINT, revision=repository.publish_hooks())
    return repository


def test_the_hook_file_is_one(repository: Repository) -> None:
    checked = repository.run("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert (checked.output, checked.status) == ("", 0)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [each["entry"] for each in hooks] == ["microcred lint", "microcred lint --fix"]
    alike = [{name: each[name] for name in ("language", "types", "files", "exclude")} for each in hooks]
    assert alike[0] == alike[1]
    # Several processes at once would each compare a part of the files.
    assert all(each["require_serial"] for each in hooks)


def test_a_clean_rubric_is_committed_and_a_broken_one_is_not(linted: Repository) -> None:
    assert linted.run("pre-commit", "install").status == 0
    linted.write("rubrics/a.yaml", CLEAN)
    commit = linted.run("git", "commit", "--message=one")
    assert commit.status == 0, commit.output
    assert "lint rubrics" in commit.output
    assert "Passed" in commit.output
    linted.write("rubrics/a b.yaml", BROKEN.replace("id: teamwork", "id: other"))
    commit = linted.run("git", "commit", "--message=two")
    assert commit.status == 1
    assert "rubrics/a b.yaml:9:11: error[MC201] unknown-level" in commit.output
    assert "did you mean `proficient`?" in commit.output
    assert linted.run("git", "rev-list", "--count", "HEAD").output.strip() == "1"


def test_the_fixing_hook_mends_and_says_that_it_did(repository: Repository) -> None:
    repository.configure(FIX, revision=repository.publish_hooks())
    repository.write("rubrics/a.yaml", MENDABLE)
    first = repository.run("pre-commit", "run")
    assert first.status == 1
    assert "files were modified by this hook" in first.output
    assert "Fixed 1 finding in 1 file." in first.output
    assert repository.read("rubrics/a.yaml") == MENDABLE.replace("Instructor", "instructor")
    repository.run("git", "add", "--all")
    second = repository.run("pre-commit", "run")
    assert second.status == 0, second.output


def test_the_fixing_hook_finds_what_it_cannot_mend(repository: Repository) -> None:
    repository.configure(FIX, revision=repository.publish_hooks())
    broken = CLEAN.replace("version: 1.0.0", "version: one")
    repository.write("rubrics/a.yaml", broken)
    run = repository.run("pre-commit", "run")
    assert run.status == 1
    assert "error[MC106] bad-version" in run.output
    assert "files were modified" not in run.output
    assert repository.read("rubrics/a.yaml") == broken


def test_rules_that_compare_files_see_all_of_the_commit(linted: Repository) -> None:
    for number in range(12):
        linted.write(f"rubrics/{number:02}.yaml", CLEAN.replace("id: teamwork", f"id: r{number}"))
    assert linted.run("pre-commit", "run").status == 0
    other = CLEAN.replace("title: Listens", "title: Listening").replace("id: teamwork", "id: r0")
    linted.write("rubrics/elsewhere/other.yml", other)
    run = linted.run("pre-commit", "run")
    assert run.status == 1
    assert "rubrics/00.yaml:3:10: error[MC209] conflicting-version" in run.output
    assert "rubrics/elsewhere/other.yml:3:10: error[MC209]" in run.output


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("rubrics/a.yaml", True),
        ("rubrics/deep/er/ä b.yml", True),
        ("courses/one/rubrics/a.yaml", True),
        ("microcred.yaml", True),
        ("courses/one/microcred.yaml", True),
        ("a.yaml", False),
        ("my-rubrics/a.yaml", False),
        ("rubrics/a.json", False),
        ("rubrics/.drafts/a.yaml", False),
        (".github/rubrics/a.yaml", False),
        ("my-microcred.yaml", False),
    ],
)
def test_which_files_are_looked_at(linted: Repository, name: str, seen: bool) -> None:  # noqa: FBT001 - a case
    linted.write(name, "{}\n")
    run = linted.run("pre-commit", "run")
    assert run.status == int(seen), run.output
    assert ("(no files to check)Skipped" in run.output) != seen
    assert (f"{name}:1:1: error[MC102]" in run.output) == seen


def test_the_project_says_what_counts(linted: Repository) -> None:
    linted.write("rubrics/a.yaml", WARNED)
    assert linted.run("pre-commit", "run").status == 0
    linted.write("microcred.yaml", PROJECT + "lint: {fail_level: warning}\n")
    assert linted.run("pre-commit", "run").status == 1
    linted.write(
        "microcred.yaml", PROJECT + "lint: {fail_level: warning, per_path: {'rubrics/*': [MC305]}}\n"
    )
    assert linted.run("pre-commit", "run").status == 0


def read_configured() -> dict[str, Any]:
    """Return the hook that the guide shows."""
    (hook,) = read_yaml("Before every commit")["repos"][0]["hooks"]
    return {**hook, **HERE}


def test_what_the_guide_says_of_it(repository: Repository) -> None:
    revision = repository.publish_hooks()
    hook = read_configured()
    repository.configure(hook, revision=revision)
    repository.write("rubrics/a.yaml", WARNED)
    ran = [
        repository.run(*command.split()) for command, _ in list_commands(read_section("Before every commit"))
    ]
    assert [each.status for each in ran] == [0, 1], ran
    assert "warning[MC305]" in ran[1].output
    # Warnings show only when the hook fails, unless asked for.
    del hook["args"]
    repository.configure(hook, revision=revision)
    assert "MC305" not in repository.run("pre-commit", "run").output
    repository.configure({**hook, "verbose": True}, revision=revision)
    assert "warning[MC305]" in repository.run("pre-commit", "run").output


def test_the_whole_project_can_be_looked_at(repository: Repository) -> None:
    revision = repository.publish_hooks()
    repository.configure(LINT, revision=revision)
    repository.write("rubrics/a.yaml", CLEAN)
    repository.commit("one")
    repository.write("rubrics/b.yaml", CLEAN.replace("title: Listens", "title: Listening"))
    assert repository.run("pre-commit", "run").status == 0
    repository.configure({**LINT, "pass_filenames": False}, revision=revision)
    run = repository.run("pre-commit", "run")
    assert run.status == 1
    assert "rubrics/a.yaml:3:10: error[MC209]" in run.output


@pytest.mark.skipif(not LONG, reason="installs from the internet; run by make test-all")
def test_the_real_thing(repository: Repository) -> None:
    need_index()
    tracked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(tracked, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (repository.hooks / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, repository.hooks / name)
    revision = repository.commit("all of it", at=repository.hooks)
    repository.configure({"id": "microcred-lint"}, {"id": "microcred-lint-fix"}, revision=revision)
    repository.write("rubrics/a.yaml", MENDABLE)
    repository.write("rubrics/b.yaml", BROKEN.replace("id: teamwork", "id: other"))
    run = repository.run("pre-commit", "run")
    assert run.status == 1, run.output
    assert "rubrics/b.yaml:9:11: error[MC201]" in run.output
    assert "files were modified by this hook" in run.output
