"""What must never be signed: every way in which a project can be unsound, and no signature by its key."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from microcred_cli.keys.private_key import PrivateKey
from microcred_cli.keys.public_file import read_key
from microcred_cli.model.refusal import Refusal
from tests.cli.program import Program
from tests.issuing.cohort import Cohort, make_cohort
from tests.keys.samples import write_pem
from tests.shared import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "mis_issuance.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """Return a project that may issue two badges, and in which a third learner has not earned one."""
    cohort = make_cohort(tmp_path_factory.mktemp("sound"), 2)
    cohort.change(
        "rubrics/teamwork.yaml", "image: teamwork.svg", "image: teamwork.svg, expires_after: 3 years"
    )
    cohort.change("microcred.yaml", "rubrics:", "recipient: {name: plain}\nrubrics:")
    text = (cohort.folder / "gradebook.csv").read_text(encoding="utf-8")
    cohort.write("gradebook.csv", text + "00002,Ada,,1\n")
    cohort.change("gradebook.csv", "learner1@example.org", "")
    cohort.assess()
    return cohort


class Watched:
    """The program in an own copy of the project, and every signature that is made."""

    def __init__(self, cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cohort = cohort
        self.run = Program(cohort.folder, monkeypatch)
        self._signatures: list[bytes] = []
        (public,) = (cohort.folder / "keys").glob("*.json")
        key = read_key("test", public.read_bytes())
        assert not isinstance(key, Refusal)
        real, sign = key.public, PrivateKey.sign

        def watch(private: PrivateKey, data: bytes) -> bytes:
            signature = sign(private, data)
            if private.public == real:
                self._signatures.append(signature)
            return signature

        monkeypatch.setattr(PrivateKey, "sign", watch)

    def refuse(self, status: int, says: str) -> None:
        """Issue, and check that it ends like this with nothing signed, planned or written."""
        run = self.run("issue", "--yes")
        assert run.status == status, run.output
        assert says in run.stderr
        assert self._signatures == []
        assert not list(self.cohort.folder.glob("badges/*.svg"))
        assert self.cohort.list_temporaries() == []

    def count_signatures(self) -> int:
        """Return how many signatures the project's key has made."""
        return len(self._signatures)


@pytest.fixture
def watched(sound: Cohort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Return a copy of the project that may be spoiled."""
    return Watched(sound.copy(tmp_path / "copy"), monkeypatch)


def test_the_sound_project_issues(watched: Watched) -> None:
    assert watched.run("issue", "--yes").status == 0
    assert watched.count_signatures() == 2
    assert watched.run("verify", "badges").status == 0


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_edit_that_must_not_be_signed(watched: Watched, case: dict[str, Any]) -> None:
    path = watched.cohort.folder / case["file"]
    if case["file"].startswith("templates/"):
        path.parent.mkdir(parents=True)
        shutil.copy(ROOT / case["file"], path)
    text = path.read_text(encoding="utf-8")
    assert case["old"] in text
    path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")
    watched.refuse(case.get("status", 1), case["says"])


def find_key(cohort: Cohort) -> Path:
    (private,) = (cohort.folder / "keys").glob("*.pem")
    return private


def enlarge_picture(cohort: Cohort) -> None:
    cohort.change("rubrics/teamwork.svg", "<circle", f"<!--{'x' * 400_000}--><circle")


def exchange_private_half(cohort: Cohort) -> None:
    pem = write_pem(Ed25519PrivateKey.generate())
    find_key(cohort).write_bytes(pem)


def garble_private_half(cohort: Cohort) -> None:
    find_key(cohort).write_bytes(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")


def exchange_public_half(cohort: Cohort) -> None:
    cohort.change("keys/test.json", '"publicKeyMultibase": "z6Mk', '"publicKeyMultibase": "z6Mj')


def write_badges(cohort: Cohort) -> None:
    cohort.write("badges/.gitkeep", "")
    cohort.write(f"badges/{uuid4()}.json", "{}")


SPOILS: list[tuple[Callable[[Cohort], object], int, str]] = [
    (lambda cohort: (cohort.folder / "rubrics/teamwork.svg").unlink(), 1, "teamwork.svg"),
    (enlarge_picture, 1, "the picture has"),
    (lambda cohort: cohort.ledger.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096), 1, "ledger.db"),
    (lambda cohort: cohort.ledger.write_bytes(b""), 1, "ledger.db"),
    (lambda cohort: shutil.rmtree(cohort.folder / "out"), 3, "microcred assess"),
    (lambda cohort: find_key(cohort).unlink(), 3, "private half"),
    (lambda cohort: shutil.rmtree(cohort.folder / "keys"), 3, "microcred key new"),
    (exchange_private_half, 2, "is not the private half"),
    (garble_private_half, 2, "keys/test.pem"),
    (exchange_public_half, 2, "keys/test.json"),
    (lambda cohort: (cohort.folder / "microcred.yaml").unlink(), 2, "microcred init"),
    (write_badges, 1, "badges that the ledger does not know"),
]


@pytest.mark.parametrize(("spoil", "status", "says"), SPOILS)
def test_surroundings_in_which_nothing_may_be_signed(
    watched: Watched, spoil: Callable[[Cohort], object], status: int, says: str
) -> None:
    spoil(watched.cohort)
    watched.refuse(status, says)


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_a_key_that_others_may_read_signs_nothing(watched: Watched) -> None:
    find_key(watched.cohort).chmod(0o644)
    watched.refuse(5, "chmod 600")


def test_a_name_that_cannot_be_signed_is_told_by_its_row(watched: Watched) -> None:
    watched.cohort.change("gradebook.csv", "Learner 1", "Lear\u0007ner 1")
    watched.cohort.assess()
    watched.refuse(1, "learners.csv, row 3: ")


def test_a_gradebook_that_changed_after_the_assessment_changes_no_badge(watched: Watched) -> None:
    watched.cohort.change("gradebook.csv", "Ada,,1", "Ada,,2")
    assert watched.run("issue", "--yes").status == 0
    assert watched.count_signatures() == 2
