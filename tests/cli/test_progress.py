"""Progress shows where somebody watches, and only for work that takes long."""

import sys

import pytest

from microcred_cli.cli.progress import show_progress


def work(total: int, *, quiet: bool = False) -> None:
    with show_progress("planning", quiet=quiet) as report:
        for done in range(1, total + 1):
            report(done, total)


def watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the standard error output a terminal."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


def test_long_work_shows_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watch(monkeypatch)
    work(300)
    shown = capsys.readouterr()
    assert "planning" in shown.err
    assert "300/300" in shown.err
    assert shown.out == ""


def test_short_work_and_quiet_work_show_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watch(monkeypatch)
    work(5)
    work(300, quiet=True)
    assert "planning" not in capsys.readouterr().err


def test_where_nobody_watches_nothing_shows(capsys: pytest.CaptureFixture[str]) -> None:
    work(300)
    assert capsys.readouterr().err == ""
