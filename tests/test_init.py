"""`microcred init`: a folder in which every command works at once."""

import csv
import errno
import json
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from jsonschema import Draft7Validator
from typer.testing import CliRunner, Result

from microcred_cli.cli import init
from microcred_cli.cli.guard import guard
from microcred_cli.files.package_data import read_data
from microcred_cli.model.award import Standing, decide_award
from microcred_cli.model.decision import Decision
from microcred_cli.model.project import Project
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.project import describe_project, read_project
from microcred_cli.schema.rubric import describe_rubric, read_rubric
from microcred_cli.texts.yaml_reader import read_yaml

FILES = {
    "microcred.yaml",
    "rubrics/teamwork.yaml",
    "rubrics/teamwork.svg",
    "schema/rubric.schema.json",
    "schema/project.schema.json",
    "gradebook.csv",
    ".github/workflows/lint-rubrics.yml",
    ".gitignore",
}
DATA = Path(__file__).parent / "data"

app = typer.Typer()
app.command("init", epilog=init.EPILOG)(guard(init.init))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def read_made_project(folder: Path) -> Project:
    document = read_yaml((folder / "microcred.yaml").read_bytes())
    project, findings = read_project(document)
    assert (document.findings, findings) == ((), ())
    assert project is not None
    return project


def read_made_rubric(folder: Path) -> Rubric:
    document = read_yaml((folder / "rubrics" / "teamwork.yaml").read_bytes())
    rubric, findings = read_rubric(document)
    assert (document.findings, findings) == ((), ())
    assert rubric is not None
    return rubric


def test_makes_a_project_in_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "my course"
    result = run(str(folder))
    assert result.exit_code == 0, result.stderr
    assert files_below(folder) == FILES
    assert all(name in result.stdout for name in FILES)
    following = result.stdout.split("Next\n")[1].split("\n")
    assert following[0].startswith("  cd ")
    assert "my course" in following[0]
    assert following[1] == "  edit microcred.yaml: your institution's name, as badges will show it"
    assert following[2:6] == [
        f"  microcred {each}" for each in ("lint", "assess gradebook.csv", "key new", "issue")
    ]
    assert result.stderr == ""


def test_what_it_makes_is_free_of_findings(tmp_path: Path) -> None:
    assert run(str(tmp_path)).exit_code == 0
    project = read_made_project(tmp_path)
    assert project.issuer.name == "Example College"
    for name in project.rubrics:
        assert (tmp_path / name).is_dir()
    read_made_rubric(tmp_path)
    check = read_yaml((tmp_path / ".github" / "workflows" / "lint-rubrics.yml").read_bytes())
    assert check.root is not None
    assert {finding.rule for finding in check.findings} <= {"ambiguous-scalar"}  # GitHub's own key `on`
    ignored = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"{project.output}/", f"{project.keys}/", "ledger.db*"} <= set(ignored)


def test_rubric_names_the_schema_beside_it(tmp_path: Path) -> None:
    run(str(tmp_path))
    rubric = tmp_path / "rubrics" / "teamwork.yaml"
    first = rubric.read_text(encoding="utf-8").splitlines()[0]
    named = (rubric.parent / first.partition("$schema=")[2]).resolve()
    schema = json.loads(named.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    assert schema == describe_rubric()


def test_here_needs_no_cd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 0
    assert files_below(tmp_path) == FILES
    assert "  cd " not in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="quotes of another shell")
def test_cd_takes_a_folder_that_looks_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--", "-x y")
    assert result.exit_code == 0
    assert "  cd './-x y'\n" in result.stdout


def test_answers_go_into_the_project_file(tmp_path: Path) -> None:
    result = run(str(tmp_path), "--name", " St. John's: 2nd #1 ", "--url", "https://st-johns.example")
    assert result.exit_code == 0
    issuer = read_made_project(tmp_path).issuer
    assert (issuer.name, issuer.url) == ("St. John's: 2nd #1", "https://st-johns.example")


@pytest.mark.parametrize(
    "name", ['a "b" c', "a: b", "# a", "-x", "yes", "0123", "null", "東京大学", "نمی\u200cشود"]
)
def test_odd_names_stay_text(tmp_path: Path, name: str) -> None:
    assert run(str(tmp_path), f"--name={name}").exit_code == 0
    assert read_made_project(tmp_path).issuer.name == name


@pytest.mark.parametrize(
    ("option", "answer", "message"),
    [
        ("--name", "", "the text is empty"),
        ("--name", "  ", "the text is empty"),
        ("--name", "two\nlines", "one line"),
        ("--name", "esc\x1b[2Jape", "control character"),
        ("--name", "\u202eegelloC", "direction"),
        ("--name", "x" * 10_001, "characters"),
        ("--name", "x\udc80", "invalid Unicode character"),
        ("--url", "riverside.example", "not a web address"),
        ("--url", "ftp://riverside.example", "not a web address"),
        ("--url", "https://two words", "not a web address"),
    ],
)
def test_answers_that_cannot_stand_are_refused(
    tmp_path: Path, option: str, answer: str, message: str
) -> None:
    result = run(str(tmp_path / "new"), f"{option}={answer}")
    assert result.exit_code == 2
    assert option in result.stderr
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_refuses_existing_files_naming_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    for name in ("gradebook.csv", "rubrics/teamwork.yaml"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    result = run(str(tmp_path))
    assert result.exit_code == 5
    assert str(tmp_path / "gradebook.csv") in result.stderr
    assert str(tmp_path / "rubrics" / "teamwork.yaml") in result.stderr
    assert str(tmp_path / "microcred.yaml") not in result.stderr
    assert files_below(tmp_path) == {"gradebook.csv", "rubrics/teamwork.yaml"}
    assert result.stdout == ""


def test_joins_what_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "other.yaml").write_text("mine", encoding="utf-8")
    assert run(str(tmp_path)).exit_code == 0
    assert files_below(tmp_path) == FILES | {"rubrics/other.yaml"}
    assert (tmp_path / "rubrics" / "other.yaml").read_text(encoding="utf-8") == "mine"


def test_a_second_time_is_refused(tmp_path: Path) -> None:
    run(str(tmp_path))
    (tmp_path / "microcred.yaml").write_text("mine", encoding="utf-8")
    assert run(str(tmp_path)).exit_code == 5
    assert (tmp_path / "microcred.yaml").read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "course").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "course", tmp_path / "course" / "deeper"):
        result = run(str(folder))
        assert result.exit_code == 5
        assert "cannot be written" in result.stderr
    assert files_below(tmp_path) == {"course"}


def test_disk_full_midway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync
    calls = 0

    def run_full(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", run_full)
    result = run(str(tmp_path / "course"))
    assert result.exit_code == 5
    assert "disk is full" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_terminal_sees_no_escapes_from_the_folder_name(tmp_path: Path) -> None:
    name = "a\u202eb"
    result = run(str(tmp_path / name))
    assert result.exit_code == 0
    assert name not in result.stdout


# The sample gradebook ---------------------------------------------------------------------------


def read_sample() -> list[list[str]]:
    text = read_data("templates", "project/gradebook.csv").decode()
    assert "\r" not in text
    return list(csv.reader(text.splitlines()))


def read_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_sample_has_the_shape_of_a_canvas_export(tmp_path: Path) -> None:
    heading, manual, possible, *learners = read_sample()
    assert heading[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert {len(row) for row in (manual, possible, *learners)} == {len(heading)}
    assert "Manual Posting" in manual
    assert possible[0] == "    Points Possible"
    assert learners[-1][0] == "Student, Test"
    run(str(tmp_path))
    needed = {each.item for part in read_made_rubric(tmp_path).subcompetencies for each in part.evidence}
    items = {title.rpartition(" (")[0] for title in heading if title.endswith(")")}
    assert needed < items


def test_sample_has_the_traps_of_real_exports() -> None:
    heading, _, possible, *learners = read_sample()
    items = [column for column, text in enumerate(possible) if text[:1].isdigit()]
    cells = Counter(row[column] for row in learners for column in items)
    assert min(cells["EX"], cells["N/A"], cells[""], cells["0.00"]) >= 2
    names = Counter(row[0] for row in learners)
    assert max(names.values()) == 2
    assert len({row[1] for row in learners}) == len(learners)
    assert any(all(row[column] == "" for column in items) for row in learners)
    assert any("," not in name for name in names)
    assert any(not name.isascii() for name in names)
    assert {row[4] for row in learners} == {"Sec A", "Sec B", "Sec A and Sec B"}
    assert heading[-1] == "Unposted Final Score"


def test_sample_scores_stay_within_what_is_possible() -> None:
    _, _, possible, *learners = read_sample()
    for row in learners:
        for cell, maximum in zip(row, possible, strict=True):
            if maximum[:1].isdigit() and cell[:1].isdigit():
                assert Decimal(0) <= Decimal(cell) <= Decimal(maximum)


def test_expected_decisions_and_awards_of_the_sample_agree(tmp_path: Path) -> None:
    run(str(tmp_path))
    rubric = read_made_rubric(tmp_path)
    learners = [row[1] for row in read_sample()[3:-1]]
    decisions = read_rows("sample_decisions.csv")
    assert [(row["learner"], row["subcompetency"]) for row in decisions] == [
        (learner, part.id) for learner in learners for part in rubric.subcompetencies
    ]
    for award in read_rows("sample_awards.csv"):
        own = {
            row["subcompetency"]: Decision(row["decision"])
            for row in decisions
            if row["learner"] == award["learner"]
        }
        assert decide_award(rubric.award, Standing(own)) == award["award"]
    assert {row["decision"] for row in decisions} == set(Decision)
    assert {row["level"] for row in decisions} == {level.id for level in rubric.levels} | {""}


def test_project_file_names_the_schema_beside_it(tmp_path: Path) -> None:
    run(str(tmp_path))
    first = (tmp_path / "microcred.yaml").read_text(encoding="utf-8").splitlines()[0]
    schema = json.loads((tmp_path / first.partition("$schema=")[2]).read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    assert schema == describe_project()
