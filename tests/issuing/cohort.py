"""A project in which every learner has earned the one badge, and what is left of it after a run."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import chdir, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from microcred_cli.credentials.issued_list import ISSUED, IssuedRow, read_issued
from microcred_cli.credentials.verification import Verifier
from microcred_cli.model.key import Algorithm
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Outcome
from microcred_cli.texts.json_reader import read_json
from microcred_cli.texts.svg_reader import find_credential
from microcred_cli.workflows.assess_cohort import Order, assess_cohort
from microcred_cli.workflows.gather_inputs import Sources
from microcred_cli.workflows.manage_keys import make_key
from microcred_cli.workflows.read_library import read_library

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SEALED = re.compile(r"\.microcred-[0-9a-f]{16}|ledger\.db\.new.*")

PROJECT = """\
format: microcred-project/1
issuer: {name: Example College}
rubrics: [rubrics]
"""

RUBRIC = """\
format: microcred/1
id: teamwork
version: 1.0.0
title: Teamwork
levels:
  - {id: developing, title: Developing, points: 1}
  - {id: proficient, title: Proficient, points: 2}
shown_at: proficient
subcompetencies:
  - id: listens
    title: Listens
    criteria:
      - id: takes-in-others
        title: Takes in what others say
        descriptors: {developing: Repeats what was said., proficient: Sums up another's point.}
    evidence: [{item: Minutes}]
award: all
badge: {name: Teamwork, image: teamwork.svg}
"""

PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#357"/></svg>
"""


@dataclass(frozen=True)
class Made:
    """A badge as a run left it: its record, and its two files where they are there."""

    id: str
    learner: str
    version: str
    state: str
    file: str | None
    document: str
    json: bytes | None
    svg: bytes | None


class Cohort:
    """The project in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def badges(self) -> Path:
        return self.folder / "badges"

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.db"

    @cached_property
    def command(self) -> list[str]:
        """What issues all badges, without asking."""
        return [sys.executable, "-m", "microcred_cli", "issue", "--yes", "--quiet"]

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands in a file of the project."""
        before = (self.folder / name).read_text(encoding="utf-8")
        assert old in before
        self.write(name, before.replace(old, new))

    def assess(self) -> None:
        """Assess the gradebook anew."""
        with chdir(self.folder):
            assessed = assess_cohort(Order(Sources((Path("gradebook.csv"),)), reports=False), NOW)
        assert not assessed.problems, assessed.problems
        assert assessed.assessment is not None, assessed.rubrics

    def copy(self, folder: Path) -> "Cohort":
        """Return a copy of the whole project as it is on disk."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Cohort(folder)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Issue in a process of its own."""
        return subprocess.run(
            [*self.command, *arguments], cwd=self.folder, check=False, capture_output=True, text=True
        )

    def read_badges(self) -> list[Made]:
        """Return the badges of the ledger, without any help of the code under test."""
        if not self.ledger.exists():
            return []
        uri = f"file:{self.ledger}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            query = "select id, learner, version, state, file, document from badge order by place"
            rows = connection.execute(query).fetchall()
        files = {row[0]: (self._read(f"{row[0]}.json"), self._read(f"{row[0]}.svg")) for row in rows}
        return [
            Made(badge, learner, version, state, file, document, *files[badge])
            for badge, learner, version, state, file, document in rows
        ]

    def read_files(self) -> dict[str, bytes]:
        """Return all that is in the folder of badges, whatever its name."""
        return {
            path.relative_to(self.badges).as_posix(): path.read_bytes()
            for path in self.badges.rglob("*")
            if not path.is_dir()
        }

    def read_list(self) -> tuple[IssuedRow, ...]:
        """Return the rows of issued.csv."""
        rows = read_issued((self.badges / ISSUED).read_bytes())
        assert not isinstance(rows, Refusal), rows
        return rows

    def list_temporaries(self) -> list[str]:
        """Return what only a run that is under way may have."""
        names = [path.name for path in (*self.folder.iterdir(), *self.folder.glob("badges/*"))]
        return sorted(name for name in names if SEALED.fullmatch(name))

    def check_finished(self, learners: int, *, sample: int = 3) -> None:
        """Check that every learner has one badge, whole, listed and recorded, and that nothing else is there.

        Of every file the ledger's hash and that of the picture are checked; of a sample all that
        a verifier looks at.
        """
        made = self.read_badges()
        assert len(made) == learners
        assert len({each.learner for each in made}) == learners
        assert {each.state for each in made} == {"issued"}
        names = {f"{each.id}.{ending}" for each in made for ending in ("json", "svg")}
        assert set(self.read_files()) == {*names, ISSUED}
        for each in made:
            assert each.json is not None
            assert each.svg is not None
            assert hashlib.sha256(each.json).hexdigest() == each.file
            assert find_text(each.svg) == each.json.decode()
            assert json.loads(each.json)["id"] == f"urn:uuid:{each.id}"
        rows = self.read_list()
        assert [row.badge for row in rows] == [each.id for each in made]
        assert len({row.learner for row in rows}) == learners
        assert self.list_temporaries() == []
        for each in made[:: max(1, learners // sample)]:
            verify(each.json or b"")
        if os.name == "posix":
            for path in (self.ledger, self.badges / ISSUED):
                assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def read_rows(self) -> list[tuple[object, ...]]:
        """Return all that the ledger holds, without touching it: it may want to be mended first."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "ledger.db"
            for each in self.folder.glob("ledger.db*"):
                if not each.name.startswith("ledger.db.new"):
                    shutil.copyfile(each, copy.with_name(each.name))
            if not copy.exists():
                return []
            with closing(sqlite3.connect(copy)) as connection:
                assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
                return connection.execute(
                    "select id, state, file, place, learner, rubric, version, major, status_index, key,"
                    " valid_from, document from badge order by place"
                ).fetchall()

    def check_sound(self, whole: Mapping[str, bytes] | None = None) -> dict[str, int]:
        """Check that whatever is there is whole and known; return how many badges are in which state.

        This holds at every moment. ``whole`` are the files as they are to be in the end; without it, each is
        verified.
        """
        rows = self.read_rows()
        states = {str(row[0]): (row[1], row[2]) for row in rows}
        files = {} if not self.badges.exists() else self.read_files()
        badges = {name: data for name, data in files.items() if name.endswith((".json", ".svg"))}
        badges = {name: data for name, data in badges.items() if "/" not in name}
        for name, data in badges.items():
            badge, _, ending = name.partition(".")
            assert badge in states, "the ledger does not know it"
            if whole is not None:
                assert data == whole[name]
            else:
                text = data if ending == "json" else (find_text(data) or "").encode()
                assert json.loads(text)["id"] == f"urn:uuid:{badge}"
                verify(text)
        for badge, (state, file) in states.items():
            if state == "issued":
                assert hashlib.sha256(badges[f"{badge}.json"]).hexdigest() == file
                assert f"{badge}.svg" in badges
        for name in files.keys() - badges.keys() - {ISSUED}:
            assert SEALED.fullmatch(name.partition("/")[0]), name
        if ISSUED in files:
            assert {row.badge for row in self.read_list()} <= states.keys()
        return {
            "planned": len(states),
            "published": sum(f"{badge}.json" in badges for badge in states),
            "issued": sum(state == "issued" for state, _ in states.values()),
        }

    def _read(self, name: str) -> bytes | None:
        path = self.badges / name
        return path.read_bytes() if path.exists() else None


def find_text(picture: bytes) -> str | None:
    """Return the credential that an SVG carries."""
    baked = find_credential(picture)
    assert not isinstance(baked, Refusal), baked
    return baked.text


def verify(data: bytes) -> None:
    """Check that a badge is genuine."""
    document = read_json(data)
    assert not isinstance(document, Refusal)
    results = Verifier(read_library()).verify(document, datetime.now(UTC))
    assert {each.outcome for each in results} == {Outcome.PASSED}, results


def make_cohort(folder: Path, learners: int) -> Cohort:
    """Make a project with so many learners, assessed, and a key without passphrase."""
    cohort = Cohort(folder)
    cohort.write("microcred.yaml", PROJECT)
    cohort.write("rubrics/teamwork.yaml", RUBRIC)
    cohort.write("rubrics/teamwork.svg", PICTURE)
    rows = [f"{each:05},Learner {each},learner{each}@example.org,2" for each in range(learners)]
    cohort.write("gradebook.csv", "\n".join(["learner,name,email,Minutes", *rows, ""]))
    cohort.assess()
    with chdir(folder):
        make_key("test", Algorithm.ED25519, None, NOW)
    return cohort
