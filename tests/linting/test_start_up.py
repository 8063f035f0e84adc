"""What a lint loads. Modules are counted, not milliseconds: a clock says little on a busy machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.linting.samples import RUBRIC, edit_rubric

# difflib would be among them, but typer loads it itself.
HEAVY = {
    "rich", "jinja2", "ruamel", "duckdb", "cryptography", "pydantic", "importlib.metadata", "segno",
    "jsonschema",
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


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.yaml"
    path.write_text(edit_rubric("  image: teamwork.svg\n", ""), encoding="utf-8")
    return path


def test_a_clean_file_loads_nothing_heavy(clean: Path) -> None:
    status, modules = run_lint(clean)
    assert status == 0
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
