"""What every test runs under."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.cli.program import Program

settings.register_profile(
    "default", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", settings.get_profile("default"), max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# These run thousands of times what other tests run too; measuring them made CI a third longer.
UNMEASURED = (
    "assessment/test_against_plain.py",
    "assessment/test_higher_scores.py",
    "assessment/test_leaving_out.py",
    "assessment/test_made_comparisons.py",
    "assessment/test_suppositions.py",
    "credentials/test_changed_bytes.py",
    "credentials/test_hostile_badges.py",
    "credentials/test_second_opinion.py",
    "credentials/test_terms.py",
    "issuing/test_interruptions.py",
    "issuing/test_kills.py",
    "issuing/test_surroundings.py",
    "ledger/test_kills.py",
    "linting/test_robustness.py",
    "reports/test_hostile_text.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what repeats itself out of the measuring of coverage."""
    folder = Path(__file__).parent
    unmeasured = {folder / name for name in UNMEASURED}
    for item in items:
        if item.path in unmeasured:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rich and typer from styling for a CI or a terminal that happens to be there."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERMINAL_WIDTH", "120")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("_TYPER_FORCE_DISABLE_TERMINAL", "1")
    for name in ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Return the program in a fresh folder."""
    return Program(tmp_path, monkeypatch)


@pytest.fixture
def project(program: Program) -> Program:
    """Return the program in a project made by init."""
    assert program("init").status == 0
    return program
