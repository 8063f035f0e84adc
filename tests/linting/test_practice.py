"""Ten rubrics as programmes write them (``practice/README.md``): what is found in them, and that it helps."""

from pathlib import Path

import pytest
import yaml

from microcred_cli.linting.engine import lint_rubric
from microcred_cli.model.finding import Severity
from tests.linting.samples import HERE

PRACTICE = HERE / "practice"
EXPECTED = HERE / "practice_expected.yaml"
RUBRICS = sorted(PRACTICE.glob("*.yaml"))
VERDICTS = {"right", "arguable", "false"}


def read_expected() -> dict[str, dict[str, list[str]]]:
    """Return file, then verdict, then findings as ``slug at line``."""
    expected: dict[str, dict[str, list[str]]] = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    return expected


def list_found(path: Path) -> list[str]:
    """Return what counts, as ``slug at line``; two on one line stand there twice."""
    linted = lint_rubric(path.name, path.read_bytes(), lambda _: False)
    return sorted(f"{each.slug} at {each.start.line}" for each in linted.findings if each.counts)


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_finds_what_a_coordinator_expects(path: Path) -> None:
    verdicts = read_expected()[path.name]
    assert list_found(path) == sorted(finding for each in verdicts.values() for finding in each)


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_has_a_sound_structure(path: Path) -> None:
    linted = lint_rubric(path.name, path.read_bytes(), lambda _: False)
    assert [each for each in linted.findings if each.severity is Severity.ERROR] == []
    assert linted.rubric is not None


def test_raises_no_false_alarm() -> None:
    false = {name: verdicts["false"] for name, verdicts in read_expected().items() if verdicts.get("false")}
    assert false == {}


def test_every_rubric_has_a_verdict() -> None:
    expected = read_expected()
    assert len(RUBRICS) == 10
    assert set(expected) == {path.name for path in RUBRICS}
    assert {verdict for each in expected.values() for verdict in each} <= VERDICTS
