"""`microcred verify` as learners, employers and scripts meet it."""

import json
from pathlib import Path

import pytest

from tests.cli.program import Program


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a project with badges."""
    folder = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as monkeypatch:
        program = Program(folder, monkeypatch)
        for command in (
            ("init",),
            ("assess", "gradebook.csv", "--no-reports"),
            ("key", "new", "--unencrypted"),
            ("issue", "--yes"),
        ):
            assert program(*command).status == 0
    return folder


@pytest.fixture
def badge(issued: Path, program: Program) -> str:
    """Return the name of a badge in the folder of the program."""
    source = min((issued / "badges").glob("*.json"))
    program.write("badge.json", source.read_bytes())
    program.write("badge.svg", source.with_suffix(".svg").read_bytes())
    return "badge.json"


def change(program: Program, old: str, new: str) -> None:
    path = program.folder / "badge.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_one_badge_check_by_check(program: Program, badge: str) -> None:
    run = program("verify", badge)
    assert run.status == 0
    assert "says it is: Teamwork, issued by Example College" in run.stdout
    for check in ("structure", "terms", "proof", "issuer", "dates", "status"):
        assert f" {check} " in run.stdout
    assert "genuine: every check passed" in run.stdout
    issuer = json.loads((program.folder / "badge.json").read_bytes())["issuer"]["id"]
    assert f"The issuer's key is {issuer}: whose it is, the institution has to say." in run.stdout
    assert "drawing" not in run.stdout
    run = program("verify", "badge.svg")
    assert run.status == 0
    assert "The drawing is not signed" in run.stdout


def test_a_changed_badge(program: Program, badge: str) -> None:
    change(program, '"name":"Teamwork"', '"name":"Teamworm"')
    run = program("verify", badge)
    assert run.status == 1
    assert "the signature does not hold: the badge was changed" in run.stdout
    assert "NOT to be trusted" in run.stdout


def test_a_folder_of_badges(program: Program, issued: Path, badge: str) -> None:
    run = program("verify", str(issued / "badges"))
    assert run.status == 0
    assert run.stdout.rstrip().endswith("36 genuine")
    change(program, "proficient", "exemplary")
    run = program("verify", str(issued / "badges"), badge)
    assert run.status == 1
    assert run.stdout.rstrip().endswith("36 genuine, 1 failed")
    # What failed is not lost among what did not.
    assert "badge.json" in run.stdout.split("\n")[3]
    assert "badge.json: proof: the signature does not hold" in run.stderr


def test_the_checks_as_json(program: Program, badge: str) -> None:
    change(program, '"credentialSchema"', '"credentialScheme"')
    run = program("verify", badge, "--format", "json")
    document = json.loads(run.stdout)
    assert document["format"] == "microcred-verify/1"
    (file,) = document["files"]
    assert file["outcome"] == "failed"
    assert file["issuer"] == "Example College"
    outcomes = {each["check"]: each["outcome"] for each in file["checks"]}
    assert outcomes["terms"] == "failed"
    assert outcomes["dates"] == "passed"


def test_what_cannot_be_checked_is_not_taken_for_good(program: Program, badge: str) -> None:
    change(program, '"cryptosuite":"eddsa-rdfc-2022"', '"cryptosuite":"ecdsa-sd-2023"')
    run = program("verify", badge)
    assert run.status == 4
    assert "proofs of the kind `ecdsa-sd-2023` are not checked here" in run.stdout
    assert "not known to be genuine" in run.stdout


@pytest.mark.parametrize(
    ("name", "content", "status", "message"),
    [
        ("empty.json", b"", 1, "structure"),
        ("broken.json", b'{"id": ', 1, "structure"),
        ("list.json", b"[]", 1, "it is not a JSON object"),
        ("other.json", b'{"name": "a package"}', 1, "it is not an Open Badge 3.0"),
        ("latin.json", '{"name": "é"}'.encode("latin-1"), 1, "UTF-8"),
        ("plain.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', 1, "structure"),
        ("noise.svg", b"\x00\x01", 1, "structure"),
        ("token.jwt", b"eyJ", 4, "not read yet"),
        ("photo.png", b"\x89PNG\r\n\x1a\n", 4, "not read yet"),
    ],
)
def test_files_that_are_no_badges(
    program: Program, name: str, content: bytes, status: int, message: str
) -> None:
    program.write(name, content)
    run = program("verify", name)
    assert run.status == status
    assert message in run.stdout


def test_no_file_and_no_badge(program: Program) -> None:
    run = program("verify", "missing.json")
    assert run.status == 3
    (program.folder / "empty").mkdir()
    run = program("verify", "empty")
    assert run.status == 3
    assert "a badge is a .json or .svg file" in run.stderr


def test_text_of_a_badge_does_not_steer_the_terminal(program: Program, badge: str) -> None:
    change(program, '"name":"Teamwork"', '"name":"\\u001b[31mTeam\\u202ework"')
    run = program("verify", badge)
    assert run.status == 1
    assert "\x1b" not in run.output
    assert "\u202e" not in run.output
