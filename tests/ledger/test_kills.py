"""Killed at any moment, a ledger opens again, and every change is there as a whole or not at all."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from microcred_cli.ledger.ledger import open_ledger, read_ledger
from microcred_cli.model.ledger import BadgeRecord, BadgeState
from tests.ledger.records import hash_file, make_record, make_secret, refuse_secret

GROUP = 25
RUNS = 30

# Goes on from what it finds; says after each change what is now recorded.
WRITER = f"""
import sys
from pathlib import Path
from microcred_cli.ledger.ledger import open_ledger
from microcred_cli.model.ledger import BadgeState
from tests.ledger.records import hash_file, make_record, make_secret
print("start", flush=True)
while True:
    with open_ledger(Path(sys.argv[1]), make_secret) as ledger:
        for _ in range(3):
            first = len(ledger.list_badges())
            numbers = range(first, first + {GROUP})
            ledger.plan([make_record(number) for number in numbers])
            print("planned", first + {GROUP}, flush=True)
            ledger.mark_issued({{make_record(number).id: hash_file(number) for number in numbers}})
            print("issued", first + {GROUP}, flush=True)
"""


def kill_writer(path: Path, lines: int, seconds: float) -> dict[str, int]:
    """Kill a writer some time after it has said so many lines; return the last of what it said."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(lines)]
        time.sleep(seconds)
        writer.kill()
        said += writer.stdout.readlines()
    return {line.split()[0]: int(line.split()[1]) for line in said[1:] if line.endswith("\n")}


def draw_moments() -> Iterator[tuple[int, float]]:
    moments = random.Random(7)  # noqa: S311 - the same moments in every run, as far as a machine allows
    for _ in range(RUNS):
        yield moments.choice([1, 1, 2, 3, 5]), moments.random() / 100


def check_whole(records: tuple[BadgeRecord, ...], said: dict[str, int]) -> set[str]:
    """Check that only whole groups are there, and all that was said; return the ids of the issued."""
    assert [record.id for record in records] == [make_record(number).id for number in range(len(records))]
    assert len(records) >= said.get("planned", 0)
    for number, record in enumerate(records):
        assert record.file == (hash_file(number) if record.state is BadgeState.ISSUED else None)
    groups = [records[first : first + GROUP] for first in range(0, len(records), GROUP)]
    assert all(len(group) == GROUP and len({record.state for record in group}) == 1 for group in groups)
    issued = {record.id for record in records if record.state is BadgeState.ISSUED}
    if "issued" in said:
        assert make_record(said["issued"] - 1).id in issued
    return issued


def test_one_ledger_that_is_killed_again_and_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    records: tuple[BadgeRecord, ...] = ()
    issued: set[str] = set()
    for lines, seconds in draw_moments():
        said = kill_writer(path, lines, seconds)
        left = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
        with read_ledger(path, make_secret) as ledger:
            seen = ledger.list_badges()
        assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == left
        before, issued_before = records, issued
        with open_ledger(path, make_secret) as ledger:
            records = ledger.list_badges()
        issued = check_whole(records, said)
        assert records == seen
        assert len(records) >= len(before)
        assert issued >= issued_before
    assert issued


def test_new_ledgers_that_are_killed_while_they_are_made(tmp_path: Path) -> None:
    for number, (_lines, seconds) in enumerate(draw_moments()):
        folder = tmp_path / str(number)
        folder.mkdir()
        said = kill_writer(folder / "ledger.db", 1, seconds)
        whole = (folder / "ledger.db").exists()
        with open_ledger(folder / "ledger.db", refuse_secret if whole else make_secret) as ledger:
            check_whole(ledger.list_badges(), said)
        assert [each.name for each in folder.iterdir()] == ["ledger.db"]


class _KilledError(BaseException):
    """Stands for a kill: nothing in the code catches it for long."""


@pytest.mark.parametrize("function", ["open", "replace"])
def test_killed_at_each_step_of_making_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    """After a kill there is no clean-up: removing does nothing here."""
    original = getattr(os, function)

    def die(*args: object) -> None:
        if function == "open":
            original(*args)
        raise _KilledError

    with monkeypatch.context() as patched:
        patched.setattr(os, function, die)
        patched.setattr(os, "unlink", lambda _path: None)
        with pytest.raises(_KilledError), open_ledger(tmp_path / "ledger.db", make_secret):
            pass
    assert [each.name for each in tmp_path.iterdir()] == ["ledger.db.new"]
    with read_ledger(tmp_path / "ledger.db", make_secret) as ledger:
        assert ledger.list_badges() == ()
    with open_ledger(tmp_path / "ledger.db", lambda: bytes(32)) as ledger:
        ledger.plan([make_record(1)])
    assert [each.name for each in tmp_path.iterdir()] == ["ledger.db"]
