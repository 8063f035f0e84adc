"""The wheel holds all that the program needs, and runs far from the sources."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.shared import ROOT


def test_the_built_wheel_runs_by_itself(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "installed")
    for folder, kind in (("rubrics", "*.yaml"), ("templates", "*")):
        for path in (ROOT / folder).rglob(kind):
            if path.is_file():
                assert f"microcred_cli/_data/{path.relative_to(ROOT).as_posix()}" in names
    for path in (ROOT / "microcred_cli" / "standards").iterdir():
        assert f"microcred_cli/standards/{path.name}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "microcred_cli/py.typed" in names
    # Before the sources, which this interpreter knows too.
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    work = tmp_path / "work"
    work.mkdir()
    where = [sys.executable, "-c", "import microcred_cli; print(microcred_cli.__file__)"]
    found = subprocess.run(where, cwd=work, env=environment, check=True, capture_output=True, text=True)
    assert Path(found.stdout.strip()).is_relative_to(tmp_path)
    for command in (
        ["init"],
        ["lint"],
        ["assess", "gradebook.csv", "--quiet"],
        ["key", "new", "--unencrypted"],
        ["issue", "--yes"],
        ["verify", "badges"],
    ):
        program = [sys.executable, "-m", "microcred_cli", *command]
        subprocess.run(program, cwd=work, env=environment, check=True, capture_output=True)
    assert (work / "out" / "reports" / "index.html").exists()
