"""The job for GitLab: its script, run as shell as GitLab would run it."""

import json
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.integrations.guide import read_yaml
from tests.integrations.python_shim import PythonShim
from tests.linting.samples import edit_rubric

((NAME, JOB),) = read_yaml("GitLab").items()
CLEAN = edit_rubric("  image: teamwork.svg\n", "")
BROKEN = CLEAN.replace("shown_at: proficient", "shown_at: profficient")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the shim is for POSIX")


def run_job(folder: Path, rubric: str) -> tuple[Path, int, str]:
    """Run the job in a project with one rubric; return the project, the exit status and the log."""
    project = folder / "project"
    (project / "rubrics").mkdir(parents=True)
    (project / "rubrics" / "a.yaml").write_text(rubric, encoding="utf-8")
    shim = PythonShim(folder / "shim")
    shim.install_microcred()
    path = f"{shim.folder}{os.pathsep}/usr/bin{os.pathsep}/bin"
    run = subprocess.run(
        ["/bin/bash", "-eo", "pipefail", "-c", "\n".join(JOB["script"])],
        cwd=project,
        env={"PATH": path, "HOME": str(folder), "CI": "true", "GITLAB_CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert shim.read_calls() == [["-m", "pip", "install", "--quiet", "microcred"]]
    return project, run.returncode, run.stdout + run.stderr


def test_findings_fail_the_job_and_are_in_both_reports(tmp_path: Path) -> None:
    project, status, log = run_job(tmp_path, BROKEN)
    assert status == 1
    assert "rubrics/a.yaml:9:11: error[MC201]" in log
    reports = JOB["artifacts"]["reports"]
    (finding,) = json.loads((project / reports["codequality"]).read_bytes())
    assert finding["location"] == {"path": "rubrics/a.yaml", "lines": {"begin": 9, "end": 9}}
    suites = ET.parse(project / reports["junit"]).getroot()  # noqa: S314 - written by us
    assert suites.tag == "testsuites"
    assert len(list(suites.iter("failure"))) == 1


def test_a_clean_project_passes_with_empty_reports(tmp_path: Path) -> None:
    project, status, log = run_job(tmp_path, CLEAN)
    assert status == 0, log
    reports = JOB["artifacts"]["reports"]
    assert json.loads((project / reports["codequality"]).read_bytes()) == []
    assert not list(ET.parse(project / reports["junit"]).getroot().iter("failure"))  # noqa: S314 - as above
    assert {path.name for path in project.iterdir()} == {"rubrics", *reports.values()}


def test_it_is_one_job() -> None:
    assert NAME == "lint-rubrics"
    assert set(JOB) == {"image", "script", "artifacts"}
    assert set(JOB["artifacts"]["reports"]) == {"codequality", "junit"}
