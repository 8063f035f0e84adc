from pathlib import Path

import pytest

from tests.cli.program import Program


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Return the program in a fresh folder."""
    return Program(tmp_path, monkeypatch)


@pytest.fixture
def project(program: Program) -> Program:
    """Return the program in a project made by init."""
    assert program("init").status == 0
    return program
