"""What goes into a gradebook comes out in no badge, ledger or message unless the project asks for it."""

import base64
import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from microcred_cli.texts.svg_reader import BakedCredential, find_credential
from tests.cli.program import Program
from tests.issuing.cohort import Cohort, make_cohort
from tests.keys.samples import PASSPHRASE, find_secret, read_secret

# One distinct text for each kind of cell; the scores are numbers no id or hash holds by chance.
KEY, NAME, EMAIL, SECTION = "Kanary.Key-81734", "Cana Rysdóttir", "Cana.Ry@canary.example", "Sektion-Canary"
LOGIN, NOTE, FILE = "canary_login_55", "Canary was ill on Monday", "canary-term.csv"
SCORES = ("1.93817264", "1.88172635", "1.977261534")
TEXTS = (KEY, NAME, EMAIL, SECTION, LOGIN, NOTE, FILE)
LONG = (
    "learner,name,email,item,score,possible,date,rater,source\n"
    f"{KEY},{NAME},{EMAIL},Minutes,{SCORES[0]},2,2026-03-01,{LOGIN},\n"
    f"{KEY},{NAME},{EMAIL},{SECTION},{SCORES[1]},2,2026-03-01,{NOTE},instructor\n"
    "b2,Bo,,Minutes,2,2,2026-03-01,,\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Minutes (11),Current Score\n"
    "    Points Possible,,,,,2,(read only)\n"
    f'"{NAME}",{KEY},{EMAIL},{LOGIN},{SECTION},{SCORES[0]},{SCORES[2]}\n'
)
WIDE = f"learner,name,email,Minutes,{SECTION}\n{KEY},{NAME},{EMAIL},{SCORES[0]},{SCORES[1]}\n"
EXPORTS = {"long": LONG, "canvas": CANVAS, "wide": WIDE}


def spell(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield the spellings in which a text could be found again, in lower case as far as that makes sense."""
    data = text.encode()
    yield "as it is", text.lower().encode()
    yield "UTF-16", text.lower().encode("utf-16-le")
    yield "hex", data.hex().encode()
    yield "escaped", text.lower().encode("unicode_escape")
    for shift in range(3):
        padded = base64.b64encode(b"\x00" * shift + data)[4:-4]
        yield f"base64 after {shift}", padded.lower()
    for variant in (text, text.lower()):
        for name in ("md5", "sha1", "sha256", "sha512"):
            yield f"{name} without salt", hashlib.new(name, variant.encode()).hexdigest().encode()


def find_texts(texts: tuple[str, ...], data: bytes) -> list[str]:
    """Return which of the texts stand in the data, and how."""
    lowered = data.decode("utf-8", "surrogateescape").lower().encode("utf-8", "surrogateescape")
    return [f"{text}, {how}" for text in texts for how, form in spell(text) if form in lowered]


def unpack(path: Path) -> Iterator[bytes]:
    """Yield what is in a file: its bytes, and what is packed in it."""
    data = path.read_bytes()
    yield data
    for packed in re.findall(rb"base64,([A-Za-z0-9+/=]+)", data):
        yield base64.b64decode(packed)
    if path.suffix == ".db":
        with closing(sqlite3.connect(path)) as connection:
            yield "\n".join(connection.iterdump()).encode()
    baked = find_credential(data) if path.suffix == ".svg" else None
    if isinstance(baked, BakedCredential):
        yield (baked.text or "").encode()


class Canary:
    """A project whose gradebook is full of canaries, and what the program said in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cohort: Cohort = make_cohort(folder, 1)
        self.cohort.change("rubrics/teamwork.yaml", "shown_at: proficient", "shown_at: developing")
        (self.cohort.folder / "gradebook.csv").unlink()
        self.program = Program(folder, monkeypatch)
        self.said = ""

    def run(self, *arguments: str, status: int = 0) -> None:
        """Run a command, and keep what it says."""
        run = self.program(*arguments)
        assert run.status == status, run.output
        self.said += run.output

    def assess(self, export: str) -> None:
        """Assess a gradebook anew."""
        self.cohort.write(FILE, export)
        assert self.program("assess", FILE, "--no-reports").status == 0

    def find(self, texts: tuple[str, ...]) -> dict[str, list[str]]:
        """Return where canaries are, but for the gradebook, the assessment and the list of whose badges."""
        folder = self.cohort.folder
        private = {folder / FILE, folder / "badges" / "issued.csv"}
        # Which gradebook it was may be said, what is in it may not.
        said = self.said.replace(FILE, "")
        found = {"messages": find_texts(texts, said.encode())}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in private and (folder / "out") not in path.parents:
                found[path.name] = [each for data in unpack(path) for each in find_texts(texts, data)]
        return {place: texts for place, texts in found.items() if texts}


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Canary:
    return Canary(tmp_path, monkeypatch)


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_no_cell_of_a_gradebook_leaves_it_unasked(canary: Canary, export: str) -> None:
    canary.assess(export)
    canary.run("issue", "--dry-run", "--show-fields")
    canary.run("issue", "--dry-run", "--show-fields", "--format", "json")
    canary.run("issue", "--yes")
    canary.run("issue", "--yes")
    canary.run("verify", "badges")
    canary.run("verify", "badges", "--format", "json")
    assert len(list(canary.cohort.badges.glob("*.svg"))) == len(list(canary.cohort.badges.glob("*.json"))) > 0
    assert canary.find((*TEXTS, *SCORES)) == {}


def test_the_canaries_would_be_found(canary: Canary) -> None:
    canary.assess(WIDE)
    canary.run("issue", "--yes")
    badge = next(canary.cohort.badges.glob("*.json")).name
    for spelled in (NAME, NAME.upper(), base64.b64encode(f"x{EMAIL}y".encode()).decode()):
        canary.cohort.write(f"badges/{badge}", spelled)
        assert list(canary.find(TEXTS)) == [badge]
    listed = (canary.cohort.badges / "issued.csv").read_bytes()
    assert find_texts((KEY, NAME, EMAIL), listed), "issued.csv says whose the badges are"


def test_only_what_the_project_asks_for_is_told(canary: Canary) -> None:
    canary.cohort.change("microcred.yaml", "rubrics:", "recipient: {name: plain}\nresults: scores\nrubrics:")
    canary.assess(WIDE)
    canary.run("issue", "--yes")
    canary.run("verify", "badges")
    found = canary.find((*TEXTS, *SCORES))
    (badge,) = (path.name for path in canary.cohort.badges.glob("*.json"))
    (picture,) = (path.name for path in canary.cohort.badges.glob("*.svg"))
    assert set(found) == {badge, picture}
    assert set(found[badge]) == {f"{NAME}, as it is"}
    assert set(found[picture]) == {f"{NAME}, as it is"}


def test_a_hashed_address_cannot_be_found_by_hashing_addresses(canary: Canary) -> None:
    canary.cohort.change("microcred.yaml", "rubrics:", "recipient: {email: hashed}\nrubrics:")
    canary.assess(WIDE)
    canary.run("issue", "--yes")
    canary.run("verify", "badges")
    assert canary.find((*TEXTS, *SCORES)) == {}


@pytest.mark.parametrize(
    ("setting", "export"),
    [
        ("recipient: {email: hashed}", WIDE.replace(EMAIL, "")),
        ("recipient: {name: plain}", WIDE.replace(NAME, f"{NAME}\x07")),
    ],
)
def test_what_stops_a_batch_is_told_without_names(canary: Canary, setting: str, export: str) -> None:
    canary.cohort.change("microcred.yaml", "rubrics:", f"{setting}\nrubrics:")
    canary.assess(export)
    canary.run("issue", "--yes", status=1)
    assert "learners.csv, row 2" in canary.said
    assert canary.find((*TEXTS, *SCORES)) == {}


def test_a_plan_that_changed_is_told_without_names(canary: Canary) -> None:
    canary.assess(WIDE)
    canary.run("issue", "--yes")
    with closing(sqlite3.connect(canary.cohort.ledger)) as connection:
        connection.execute("update badge set state = 'planned', file = null")
        connection.commit()
    for path in canary.cohort.badges.iterdir():
        path.unlink()
    canary.cohort.change("microcred.yaml", "Example College", "Sample College")
    canary.run("issue", "--yes", status=1)
    canary.run("issue", "--yes", "--replan")
    assert canary.find((*TEXTS, *SCORES)) == {}


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["unencrypted", "encrypted"])
def test_the_key_is_in_its_own_file_and_nowhere_else(canary: Canary, passphrase: bytes | None) -> None:
    keys = canary.cohort.folder / "keys"
    for path in keys.iterdir():
        path.unlink()
    secret = canary.cohort.folder.parent / "secret.txt"
    secret.write_bytes(PASSPHRASE + b"\n")
    secret.chmod(0o600)
    options = ("--passphrase-file", os.path.relpath(secret, canary.cohort.folder)) if passphrase else ()
    canary.run("key", "new", "mine", *(options or ("--unencrypted",)))
    canary.assess(WIDE)
    canary.run("issue", "--dry-run", "--show-fields")
    canary.run("issue", "--yes", *options)
    canary.run("key", "show")
    pem = keys / "mine.pem"
    private = read_secret(pem.read_bytes(), passphrase)
    assert bool(find_secret(private, pem.read_bytes())) is (passphrase is None)
    for path in canary.cohort.folder.rglob("*"):
        if path.is_file() and path != pem:
            for data in unpack(path):
                assert find_secret(private, data) == [], path
                assert PASSPHRASE not in data
    assert find_secret(private, canary.said.encode()) == []
    assert PASSPHRASE.decode() not in canary.said
