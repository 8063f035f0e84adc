"""The GitHub Action: its steps, run as shell as GitHub would run them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.github import Runner
from tests.integrations.python_shim import PythonShim
from tests.integrations.surroundings import LONG, need_index
from tests.linting.samples import edit_rubric
from tests.shared import ROOT

ACTION: Mapping[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
CLEAN = edit_rubric("  image: teamwork.svg\n", "")
BROKEN = CLEAN.replace("shown_at: proficient", "shown_at: profficient")
WARNED = CLEAN.replace("shown_at: proficient", "shown_at: beginning")
HOSTILE = ("; touch pwned; * ?", "`touch pwned` $(touch pwned)", '"; touch pwned; \'; touch pwned; "')

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the shim is for POSIX")


class Workspace:
    """A repository in which the action runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout of mine"
        self.folder.mkdir()
        temporary = folder / "temporary"
        temporary.mkdir()
        self.python = PythonShim(folder / "shim")
        self.runner = Runner(self.folder, temporary, ROOT, (self.python.folder,))

    def write(self, name: str, text: str) -> None:
        """Write a file of the repository."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, **inputs: str) -> int:
        """Run the action with these inputs (`_` for `-`), the others as they are by default."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        defaults = {name: each["default"] for name, each in ACTION["inputs"].items()}
        assert set(given) <= set(defaults)
        return self.runner.run(STEPS, defaults | given)

    def list(self) -> set[str]:
        """Return the files of the repository."""
        paths = self.folder.rglob("*")
        return {path.relative_to(self.folder).as_posix() for path in paths if path.is_file()}

    @property
    def output(self) -> str:
        """The action's output."""
        return self.runner.evaluate(ACTION["outputs"]["sarif-file"]["value"])


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a repository with a clean rubric."""
    made = Workspace(tmp_path)
    made.write("rubrics/a.yaml", CLEAN)
    return made


def test_a_clean_project_passes(workspace: Workspace) -> None:
    assert workspace.run() == 0, workspace.runner.log
    assert "Nothing found in 1 file." in workspace.runner.log
    assert workspace.runner.summary.startswith("### microcred lint\n")
    assert workspace.output == ""
    assert workspace.list() == {"rubrics/a.yaml"}


def test_a_mistake_is_annotated_summed_up_and_fails_the_step(workspace: Workspace) -> None:
    workspace.write("rubrics/a.yaml", BROKEN)
    assert workspace.run() == 1
    assert "\n::error file=rubrics/a.yaml,line=9,endLine=9,col=11," in workspace.runner.log
    assert "| error | " in workspace.runner.summary
    assert workspace.runner.summary.count("### microcred lint") == 1


def test_the_sarif_file_is_there_when_the_step_fails(workspace: Workspace) -> None:
    workspace.write("rubrics/a.yaml", BROKEN)
    assert workspace.run(sarif_file="reports/of lint/microcred.sarif") == 1
    assert workspace.output == "reports/of lint/microcred.sarif"
    sarif = json.loads((workspace.folder / workspace.output).read_text(encoding="utf-8"))
    results = sarif["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == ["MC201"]
    assert "::error file=rubrics/a.yaml" in workspace.runner.log
    assert workspace.runner.summary.count("### microcred lint") == 1


def test_a_clean_project_has_an_empty_sarif_file(workspace: Workspace) -> None:
    assert workspace.run(sarif_file="microcred.sarif") == 0
    sarif = json.loads((workspace.folder / "microcred.sarif").read_text(encoding="utf-8"))
    assert sarif["runs"][0]["results"] == []


@pytest.mark.parametrize(("level", "status"), [("", 0), ("error", 0), ("warning", 1), ("sometimes", 2)])
def test_the_level_from_which_it_fails(workspace: Workspace, level: str, status: int) -> None:
    workspace.write("rubrics/a.yaml", WARNED)
    assert workspace.run(fail_level=level, sarif_file="microcred.sarif") == status
    assert (workspace.output == "microcred.sarif") == (status < 2)


def test_paths_are_one_a_line_and_may_have_blanks(workspace: Workspace) -> None:
    workspace.write("rubrics/a.yaml", BROKEN)
    workspace.write("my course/a b.yaml", WARNED)
    workspace.write("--fix/c.yaml", CLEAN.replace("version: 1.0.0", "version: 2.0.0"))
    assert workspace.run(paths="my course\r\n  my course/a b.yaml  \n\n--fix\n") == 0, workspace.runner.log
    assert "::warning file=my course/a b.yaml,line=9," in workspace.runner.log
    assert "in 1 of 2 files" in workspace.runner.log
    assert "profficient" not in workspace.runner.log


def test_a_path_that_is_not_there_fails(workspace: Workspace) -> None:
    assert workspace.run(paths="rubrcs", sarif_file="microcred.sarif") == 3
    assert "rubrcs" in workspace.runner.log


def test_further_options(workspace: Workspace) -> None:
    workspace.write("rubrics/a.yaml", WARNED)
    given = "--select MC3  --fail-level=info\n  --ignore shown-at-lowest"
    assert workspace.run(args=given) == 0, workspace.runner.log
    assert workspace.run(args="--fail-level info --format concise") == 1
    assert "rubrics/a.yaml:9:11: warning[MC305]" in workspace.runner.log


def test_further_options_are_split_but_not_expanded(workspace: Workspace) -> None:
    workspace.write("MC3", "")
    assert workspace.run(args="--ignore MC*") == 2
    assert "there is no rule `MC*`" in workspace.runner.log


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["paths", "fail_level", "args", "sarif_file", "version"])
def test_inputs_are_never_obeyed(workspace: Workspace, name: str, text: str) -> None:
    status = workspace.run(**{name: text})
    assert "pwned" not in " ".join(workspace.list() - {text})
    assert not list(workspace.folder.parent.rglob("pwned"))
    # A file may have an odd name; nothing else may be odd.
    assert (status == 0) == (name == "sarif_file"), workspace.runner.log


def test_a_hostile_name_of_a_file_is_a_name(workspace: Workspace) -> None:
    name = "$(touch pwned); `touch pwned` '\"%.yaml"
    workspace.write(f"rubrics/{name}", BROKEN)
    assert workspace.run(paths=f"rubrics/{name}", sarif_file="a.sarif") == 1
    assert "::error file=rubrics/$(touch pwned); `touch pwned` '\"%25.yaml,line=9," in workspace.runner.log
    assert workspace.list() == {"rubrics/a.yaml", f"rubrics/{name}", "a.sarif"}


@pytest.mark.parametrize("text", ["a\nsarif-file=b", "a\r\nb", "a\nb\n"])
def test_an_output_is_one_line(workspace: Workspace, text: str) -> None:
    assert workspace.run(sarif_file=text) == 2
    assert "::error title=microcred lint::the input `sarif-file` has several lines" in workspace.runner.log
    assert workspace.output == ""


def test_it_installs_what_it_is_part_of_by_hash(workspace: Workspace) -> None:
    assert workspace.run() == 0
    made, locked, own = workspace.python.read_calls()
    assert made[:-1] == ["-I", "-m", "venv"]
    assert Path(made[-1]).parent == workspace.folder.parent / "temporary"
    assert locked[-3:] == ["--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")]
    assert own[-3:] == ["--no-deps", "--no-build-isolation", str(ROOT)]
    # Isolated: a pip.py in somebody's pull request is not run.
    assert all(call[0] == "-I" for call in (made, locked, own))


def test_it_installs_a_release_that_is_named(workspace: Workspace) -> None:
    assert workspace.run(version="1.2.0rc1") == 0
    assert [call[-2:] for call in workspace.python.read_calls()[1:]] == [["install", "microcred==1.2.0rc1"]]


@pytest.mark.parametrize(
    "text", ["latest", "1.0 --index-url=https://example.org", "1.0\n--pre", "-r x", "==1"]
)
def test_what_is_no_version_is_refused(workspace: Workspace, text: str) -> None:
    assert workspace.run(version=text) == 2
    assert "::error title=microcred lint::the input `version` is not a version" in workspace.runner.log
    assert len(workspace.python.read_calls()) == 1


def test_when_nothing_can_be_installed_nothing_is_linted(workspace: Workspace) -> None:
    workspace.python.break_pip()
    assert workspace.run(sarif_file="a.sarif") == 1
    assert "Nothing found" not in workspace.runner.log
    assert len(workspace.python.read_calls()) == 2


def test_no_expression_stands_in_a_script() -> None:
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert ("run" in step) == (step.get("shell") == "bash")
        assert "run" not in step or step["run"].startswith("set -euo pipefail\n")
    assert {step["uses"] for step in STEPS if "uses" in step} == {"actions/setup-python@v6"}


def test_every_input_is_described_and_used() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name, described in ACTION["inputs"].items():
        assert set(described) == {"description", "default"}
        assert f"${{{{ inputs.{name} }}}}" in text


@pytest.mark.skipif(not LONG, reason="installs from the internet; run by make test-all")
def test_the_real_thing(tmp_path: Path) -> None:
    need_index()
    workspace = Workspace(tmp_path)
    workspace.write("rubrics/a.yaml", BROKEN)
    workspace.write("pip.py", "raise SystemExit('this is somebody else')\n")
    real = tmp_path / "real"
    real.mkdir()
    (real / "python").symlink_to(Path(sys.executable).resolve())
    pip = {key: value for key, value in os.environ.items() if key.startswith("PIP_")}
    workspace.runner = Runner(workspace.folder, tmp_path / "temporary", ROOT, (real,), pip)
    assert workspace.run(sarif_file="a.sarif") == 1, workspace.runner.log
    assert "::error file=rubrics/a.yaml,line=9," in workspace.runner.log
    (installed,) = (tmp_path / "temporary").glob("microcred-*")
    where = [str(installed / "bin" / "python"), "-I", "-c", "import microcred_cli as m; print(m.__file__)"]
    found = subprocess.run(where, check=True, capture_output=True, text=True)
    assert Path(found.stdout.strip()).is_relative_to(installed)
