"""What a lint loads. Modules are counted, not milliseconds: a clock says little on a busy machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.linting.samples import RUBRIC, edit_rubric
from tests.shared import ROOT

HEAVY = {
    "rich", "jinja2", "ruamel", "duckdb", "cryptography", "pydantic", "importlib.metadata", "segno",
    "jsonschema", "typer", "dataclasses", "inspect", "difflib",
}  # fmt: skip
RULES = "microcred_cli.linting.rules."
PROGRAM = """
import json, sys
from microcred_cli.__main__ import main
try:
    main()
except SystemExit as end:
    status = end.code or 0
sys.stderr.write(json.dumps({"status": status, "modules": sorted(sys.modules)}))
"""


def run_lint(path: Path) -> tuple[int, set[str]]:
    """Return the status of a lint in a fresh interpreter and the modules that were loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "lint", str(path)], capture_output=True, check=True, cwd=path.parent
    )
    told = json.loads(done.stderr)
    return told["status"], set(told["modules"])


def end_lint(folder: Path, *arguments: str) -> tuple[int, bytes, bytes]:
    """Return the status, the findings and the messages of a lint in a fresh interpreter."""
    command = [sys.executable, "-m", "microcred_cli", "lint", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, cwd=folder)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.yaml"
    path.write_text(edit_rubric("  image: teamwork.svg\n", ""), encoding="utf-8")
    return path


def test_a_clean_file_loads_nothing_heavy(clean: Path) -> None:
    status, modules = run_lint(clean)
    assert status == 0
    assert modules & HEAVY == set()


def test_nor_does_one_with_all_that_a_rubric_of_the_library_has() -> None:
    status, modules = run_lint(ROOT / "rubrics" / "soft-skills" / "teamwork.yaml")
    assert status == 0
    assert "microcred_cli.texts.picture_reader" in modules
    assert modules & HEAVY == set()


def test_a_clean_file_loads_only_rules_that_check(clean: Path) -> None:
    _, modules = run_lint(clean)
    loaded = {module.removeprefix(RULES) for module in modules if module.startswith(RULES)}
    assert "unknown_level" in loaded
    assert {"not_yaml", "missing_key", "unknown_method", "unused_suppression"} & loaded == set()


def test_a_finding_loads_its_rule(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(RUBRIC.replace("version: 1.0.0\n", ""), encoding="utf-8")
    status, modules = run_lint(path)
    assert status == 1
    assert f"{RULES}missing_key" in modules
    assert f"{RULES}bad_version" not in modules


@pytest.mark.parametrize(
    ("paths", "status"), [(["clean.yaml"], 0), (["bad.yaml", "clean.yaml"], 1), (["none.yaml"], 3), ([], 2)]
)
def test_without_options_the_parser_is_not_missed(clean: Path, paths: list[str], status: int) -> None:
    clean.with_name("bad.yaml").write_text(RUBRIC.replace("version: 1.0.0\n", ""), encoding="utf-8")
    plain = end_lint(clean.parent, *paths)
    assert plain == end_lint(clean.parent, "--fail-level", "error", *paths)
    assert plain[0] == status
    assert plain[1] or plain[2]


def test_what_begins_with_a_hyphen_is_left_to_the_parser(clean: Path) -> None:
    assert end_lint(clean.parent, "--", "clean.yaml") == end_lint(clean.parent, "clean.yaml")
    assert end_lint(clean.parent, "clean.yaml", "--nonsense")[0] == 2
    assert b"Usage" in end_lint(clean.parent, "--help")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the stream")
def test_a_closed_standard_input_is_not_missed(clean: Path) -> None:
    command = ["sh", "-c", f"{sys.executable} -m microcred_cli lint clean.yaml <&-"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=clean.parent)
    assert (done.returncode, done.stderr) == (0, b"")
