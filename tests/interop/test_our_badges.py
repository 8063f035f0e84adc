"""Badges of three different rubrics, judged by software that others wrote."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from microcred_cli.credentials.canonical import canonicalize
from microcred_cli.credentials.proof import strip_proof
from microcred_cli.workflows.read_library import read_library
from tests.cli.program import Program
from tests.interop.sample import ISSUER, SEED
from tests.interop.verifiers import HERE, run_verifiers, sign_elsewhere
from tests.shared import ROOT, find_shared

STANDARDS = ROOT / "microcred_cli" / "standards"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z" fill="#247"/></svg>'


@dataclass(frozen=True)
class Course:
    """A rubric, a gradebook in which learners earn its badge, and what the project tells of them."""

    rubric: Path
    gradebook: str | None
    settings: str = ""


def write_gradebook(items: list[str], learners: list[tuple[str, str, str, list[str]]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["learner", "name", "email", *items])
    writer.writerow(["points possible", "", "", *["10"] * len(items)])
    writer.writerows([key, name, email, *scores] for key, name, email, scores in learners)
    return stream.getvalue()


COURSES = {
    "teamwork": Course(ROOT / "rubrics" / "soft-skills" / "teamwork.yaml", None),
    "clinical": Course(
        HERE / "rubrics" / "clinical.yaml",
        write_gradebook(
            ["OSCE 1", "OSCE 2", "OSCE 3"],
            [
                ("1", 'Zoë "Z" O’Hara \\ Ruiz', "zoe@example.edu", ["9", "8", "10"]),
                ("2", "N. <b>Njeri</b> & Co", "NN@Example.edu", ["5", "", "6"]),
            ],
        ),
        "\nrecipient: {name: plain, email: hashed}\nresults: scores\n",
    ),
    "kyodo": Course(
        HERE / "rubrics" / "kyodo.yaml",
        write_gradebook(
            ["面接"], [("一", "山田 花子", "h@example.jp", ["10"]), ("٢", "ليلى", "l@x.org", ["10"])]
        ),
        "\nrecipient: {name: hashed, email: plain}\n",
    ),
}


@pytest.fixture(scope="module", params=COURSES)
def badges(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """Yield the files of the badges that a course's learners earned."""
    course = COURSES[request.param]
    with pytest.MonkeyPatch.context() as monkeypatch:
        program = Program(tmp_path_factory.mktemp(request.param), monkeypatch)
        assert (
            program("init", "--name", "Hochschule für Café & Co <Ω>", "--url", "https://example.edu").status
            == 0
        )
        project = program.folder / "microcred.yaml"
        project.write_text(project.read_text(encoding="utf-8") + course.settings, encoding="utf-8")
        if course.gradebook is not None:
            (program.folder / "rubrics" / "teamwork.yaml").unlink()
            program.write("rubrics/rubric.yaml", course.rubric.read_bytes())
            program.write("rubrics/picture.svg", PICTURE)
            program.write("gradebook.csv", course.gradebook)
        for command in (
            ("lint",),
            ("assess", "gradebook.csv", "--no-reports"),
            ("key", "new", "--unencrypted"),
            ("issue", "--yes"),
        ):
            run = program(*command)
            assert run.status == 0, run.output
        folder = program.folder / "badges"
        yield sorted((*folder.glob("*.json"), *folder.glob("*.svg")))[:8]


def test_both_verifiers_accept_every_badge(badges: list[Path]) -> None:
    verdicts = run_verifiers(badges, STANDARDS)
    assert len(verdicts) == len(badges) >= 2
    for path, verdict in verdicts.items():
        assert verdict.accepted, (path, verdict)
        assert verdict.schema is not None
        assert all(check.valid for check in verdict.schema), verdict.schema


def test_both_accept_them_under_the_other_text_of_the_context(badges: list[Path], tmp_path: Path) -> None:
    # verifier-core and VerifierPlus ship text A of context 3.0.3; what we ship is text B.
    for path in STANDARDS.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text_a = find_shared("standards", "npm-open-badges-context", "context-3.0.3.json")
    (tmp_path / "ob-v3p0-context-3.0.3.json").write_bytes(text_a.read_bytes())
    verdicts = run_verifiers(badges, tmp_path)
    assert all(verdict.accepted for verdict in verdicts.values()), verdicts


def test_their_canonical_form_is_ours(badges: list[Path]) -> None:
    paths = [path for path in badges if path.suffix == ".json"]
    verdicts = run_verifiers(paths, STANDARDS)
    for path in paths:
        document = json.loads(path.read_bytes())
        canonical = canonicalize(strip_proof(document), read_library())
        assert isinstance(canonical, bytes)
        assert verdicts[str(path)].canonical == hashlib.sha256(canonical).hexdigest()
        # What the compiled form is to rest on: every node has an id, but for identities, which may have none.
        identities = len(document["credentialSubject"].get("identifier", []))
        blank = {word for word in canonical.decode().split() if word.startswith("_:")}
        assert len(blank) == identities


def test_neither_accepts_them_once_they_are_changed(badges: list[Path], tmp_path: Path) -> None:
    path = next(each for each in badges if each.suffix == ".json")
    changed = tmp_path / "changed.json"
    changed.write_bytes(path.read_bytes().replace(b"OpenBadgeCredential", b"AchievementCredential", 1))
    renamed = tmp_path / "renamed.json"
    document = json.loads(path.read_bytes())
    renamed.write_text(json.dumps({**document, "name": f"{document['name']} "}), encoding="utf-8")
    verdicts = run_verifiers([changed, renamed], STANDARDS)
    assert not verdicts[str(renamed)].digitalbazaar.verified
    assert not verdicts[str(renamed)].verifier_core.verified
    # The two types stand for the same, so that RDF, which is what is signed, does not tell them apart.
    assert verdicts[str(changed)].digitalbazaar.verified


def test_what_others_sign_we_accept(badges: list[Path], program: Program) -> None:
    path = next(each for each in badges if each.suffix == ".json")
    document = strip_proof(json.loads(path.read_bytes()))
    theirs = {**document, "issuer": {**document["issuer"], "id": ISSUER}}
    signed = sign_elsewhere(theirs, SEED, STANDARDS)
    program.write("badge.json", json.dumps(signed, indent=2))
    run = program("verify", "badge.json")
    assert run.status == 0, run.output
