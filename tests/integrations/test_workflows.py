"""The two workflows for GitHub that we give away: the one `init` writes, and the one in the guide."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.github import Runner
from tests.integrations.guide import GUIDE, read_snippet
from tests.integrations.python_shim import PythonShim
from tests.integrations.test_action import ACTION
from tests.linting.samples import edit_rubric
from tests.shared import ROOT

OURS = (ROOT / "templates" / "project" / "lint-rubrics.yml").read_text(encoding="utf-8")
WORKFLOWS = {"init": OURS, "guide": read_snippet("GitHub")}
BROKEN = edit_rubric("shown_at: proficient", "shown_at: profficient")


def list_steps(text: str) -> list[Mapping[str, Any]]:
    """Return the steps of a workflow's one job."""
    (job,) = yaml.safe_load(text)["jobs"].values()
    steps: list[Mapping[str, Any]] = job["steps"]
    return steps


@pytest.mark.skipif(os.name == "nt", reason="the shim is for POSIX")
@pytest.mark.parametrize(
    ("rubric", "status"), [(BROKEN.replace("profficient", "proficient"), 0), (BROKEN, 1)]
)
def test_what_init_writes_annotates(tmp_path: Path, rubric: str, status: int) -> None:
    workspace = tmp_path / "checkout"
    (workspace / "rubrics").mkdir(parents=True)
    (workspace / "rubrics" / "a.yaml").write_text(
        rubric.replace("  image: teamwork.svg\n", ""), encoding="utf-8"
    )
    shim = PythonShim(tmp_path / "shim")
    shim.install_microcred()
    runner = Runner(workspace, tmp_path, ROOT, (shim.folder,))
    assert runner.run(list_steps(OURS), {}) == status, runner.log
    assert shim.read_calls() == [["-m", "pip", "install", "microcred"]]
    assert ("::error file=rubrics/a.yaml,line=9," in runner.log) == bool(status)
    assert runner.summary.startswith("### microcred lint\n")


@pytest.mark.parametrize("text", WORKFLOWS.values(), ids=WORKFLOWS)
def test_it_may_only_read_and_keeps_no_credentials(text: str) -> None:
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    (checkout,) = (step for step in list_steps(text) if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"] == {"persist-credentials": False}
    assert all("${{" not in step.get("run", "") for step in list_steps(text))


def test_the_guide_asks_the_action_for_what_it_has() -> None:
    steps = list_steps(WORKFLOWS["guide"])
    (ours,) = (step for step in steps if step["uses"].startswith("OWNER/microcred@"))
    (upload,) = (step for step in steps if step["uses"].startswith("github/codeql-action/upload-sarif@"))
    assert set(ours["with"]) <= set(ACTION["inputs"])
    assert upload["with"]["sarif_file"] == ours["with"]["sarif-file"]
    assert f"hashFiles('{ours['with']['sarif-file']}')" in upload["if"]


def test_the_guide_lists_every_input() -> None:
    table = GUIDE.partition("| input | |\n")[2].partition("\n\n")[0]
    listed = [line.split("`")[1] for line in table.splitlines()[1:]]
    assert listed == list(ACTION["inputs"])
    assert f"the Python to set up, `{ACTION['inputs']['python-version']['default']}`" in table
