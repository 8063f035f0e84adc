"""`microcred key`: two files or none, private where it matters, and no secret in anything that is printed."""

import base64
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from microcred_cli.files.writing import write_new_file
from microcred_cli.model.errors import UnwritableError
from microcred_cli.workflows import manage_keys
from tests.cli.program import Program, Run
from tests.cli.terminal import Conversation
from tests.keys.samples import find_secret, read_secret

PHRASE = "Canary käse 7431"
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX modes, pipes and terminals")


@pytest.fixture
def course(project: Program) -> Program:
    """Return the program in a project with a passphrase file beside it."""
    path = project.write("passphrase.txt", f"{PHRASE}\n")
    path.chmod(0o600)
    return project


def make(program: Program, *arguments: str) -> Run:
    run = program("key", "new", *arguments, "--passphrase-file", "passphrase.txt")
    assert run.status == 0, run.output
    return run


def list_json(program: Program) -> list[dict[str, object]]:
    document = json.loads(program("key", "list", "--format", "json").stdout)
    assert document["format"] == "microcred-keys/1"
    keys: list[dict[str, object]] = document["keys"]
    return keys


def test_a_key_is_two_files_and_is_told_of(course: Program) -> None:
    run = make(course, "autumn-2026")
    assert [name for name in course.list() if name.startswith("keys/")] == [
        "keys/autumn-2026.json",
        "keys/autumn-2026.pem",
    ]
    public = json.loads((course.folder / "keys" / "autumn-2026.json").read_bytes())
    assert public["did"] in run.stdout
    assert "keys/autumn-2026.pem" in run.stdout
    assert "microcred issue --dry-run" in run.stdout
    assert "keep a copy of the private file and of its passphrase" in run.stderr
    assert make(course, "spring-2027", "--quiet").stderr == ""


@pytest.mark.parametrize(("kind", "prefix"), [("ed25519", "did:key:z6Mk"), ("p-256", "did:key:zDna")])
def test_both_kinds_of_key(course: Program, kind: str, prefix: str) -> None:
    make(course, "a", "--type", kind)
    [key] = list_json(course)
    assert key["algorithm"] == kind
    assert str(key["did"]).startswith(prefix)
    assert key["can_sign"] is True


def test_a_key_is_named_after_the_day_and_never_overwritten(course: Program) -> None:
    for _ in range(3):
        make(course)
    names = [str(key["name"]) for key in list_json(course)]
    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", names[0])
    assert names == [names[0], f"{names[0]}-2", f"{names[0]}-3"]
    assert len({key["did"] for key in list_json(course)}) == 3


@pytest.mark.parametrize("ending", [".pem", ".json"])
def test_a_name_that_is_taken_by_either_file_is_refused(course: Program, ending: str) -> None:
    course.write(f"keys/a{ending}", "somebody's")
    run = course("key", "new", "a", "--unencrypted")
    assert run.status == 5
    assert f"keys/a{ending} exists already" in run.stderr
    assert "choose another name" in run.stderr
    assert [name for name in course.list() if name.startswith("keys/")] == [f"keys/a{ending}"]
    assert (course.folder / "keys" / f"a{ending}").read_text() == "somebody's"


@pytest.mark.parametrize("name", ["Autumn", "../a", "a b", "con", "a.pem"])
def test_a_name_that_cannot_be_is_refused(course: Program, name: str) -> None:
    run = course("key", "new", name, "--unencrypted")
    assert run.status == 2
    assert "cannot be the name of a key" in run.stderr
    assert "such as autumn-2026" in run.stderr
    assert not (course.folder / "keys").exists()


@posix
def test_only_the_owner_may_read_it_whatever_the_umask(course: Program) -> None:
    before = os.umask(0)
    try:
        make(course, "a")
    finally:
        os.umask(before)
    assert stat.S_IMODE((course.folder / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((course.folder / "keys" / "a.pem").stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["ed25519", "p-256"])
def test_nothing_secret_is_in_any_output_or_public_file(course: Program, kind: str) -> None:
    printed = make(course, "a", "--type", kind).output
    pem = (course.folder / "keys" / "a.pem").read_bytes()
    secret = read_secret(pem, PHRASE.encode())
    shown = [
        course("key", *arguments).output
        for arguments in (
            ("list",), ("list", "--format", "json"), ("show",), ("show", "a", "--format", "json"),
            ("new", "a", "--passphrase-file", "passphrase.txt"),
        )
    ]  # fmt: skip
    text = "\n".join([printed, *shown]).encode() + (course.folder / "keys" / "a.json").read_bytes() + pem
    assert find_secret(secret, text) == []
    assert find_secret(PHRASE.encode(), text) == []
    assert "Canary" not in text.decode()
    inside = base64.b64decode(b"".join(pem.splitlines()[1:-1]))
    assert find_secret(secret, inside) == []


def test_an_unencrypted_key_is_warned_of(course: Program) -> None:
    run = course("key", "new", "a", "--unencrypted")
    assert run.status == 0
    assert "warning: keys/a.pem is not encrypted" in run.stderr.replace("\\", "/")
    assert read_secret((course.folder / "keys" / "a.pem").read_bytes())


def test_a_passphrase_for_an_unencrypted_key_is_refused(course: Program) -> None:
    run = course("key", "new", "--unencrypted", "--passphrase-file", "passphrase.txt")
    assert run.status == 2
    assert "exclude each other" in run.stderr
    assert not (course.folder / "keys").exists()


@pytest.mark.parametrize("arguments", [(), ("--no-input",)])
def test_without_a_terminal_it_says_what_to_give(course: Program, arguments: tuple[str, ...]) -> None:
    run = course("key", "new", *arguments, stdin=f"{PHRASE}\n{PHRASE}\n")
    assert run.status == 2
    assert "--passphrase-file FILE" in run.stderr
    assert not (course.folder / "keys").exists()


def test_the_environment_is_not_looked_at(course: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MICROCRED_PASSPHRASE", "MICROCRED_PASSPHRASE_FILE", "PASSPHRASE"):
        monkeypatch.setenv(name, "passphrase.txt")
    assert course("key", "new").status == 2


def test_a_missing_passphrase_file_is_said(course: Program) -> None:
    run = course("key", "new", "--passphrase-file", "missing.txt")
    assert run.status == 3
    assert "missing.txt" in run.stderr


@pytest.mark.parametrize("arguments", [("new", "--unencrypted"), ("list",), ("show",)])
def test_outside_a_project_it_says_how_to_start_one(program: Program, arguments: tuple[str, ...]) -> None:
    run = program("key", *arguments)
    assert run.status == 2
    assert "There is no microcred.yaml here or in a folder above." in run.stderr
    assert "microcred init" in run.stderr
    assert program.list() == []


def test_keys_go_where_the_project_says_and_are_found_from_below(
    course: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = course.folder / "microcred.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("keys: keys", "keys: safe/signing"), encoding="utf-8"
    )
    make(course, "a")
    assert "safe/signing/a.pem" in course.list()
    inside = Program(course.folder / "rubrics", monkeypatch)
    assert "../safe/signing/a.json" in inside("key", "show").stdout


def test_when_the_second_file_cannot_be_written_the_first_goes_too(
    course: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, data: bytes, *, private: bool = False) -> None:
        if path.suffix == ".json":
            raise UnwritableError(str(path), "the disk is full")
        write_new_file(path, data, private=private)

    monkeypatch.setattr(manage_keys, "write_new_file", fail)
    run = course("key", "new", "a", "--unencrypted")
    assert run.status == 5
    assert "the disk is full" in run.stderr
    assert not (course.folder / "keys").exists()


def test_a_file_in_the_way_of_the_folder_is_said(course: Program) -> None:
    course.write("keys", "a file")
    run = course("key", "new", "a", "--unencrypted")
    assert run.status == 5
    assert "keys cannot be written" in run.stderr


def test_a_list_of_no_keys_says_how_to_make_one(course: Program) -> None:
    run = course("key", "list")
    assert (run.status, run.stdout) == (0, "")
    assert "microcred key new" in run.stderr
    assert list_json(course) == []
    run = course("key", "show")
    assert run.status == 3
    assert "There is no signing key in keys." in run.stderr


def test_the_list_is_a_table(course: Program) -> None:
    make(course, "a")
    make(course, "b", "--type", "p-256")
    run = course("key", "list")
    assert run.status == 0
    assert run.stderr == ""
    for text in ("Name", "Type", "Created", "DID", "Ed25519", "P-256", str(list_json(course)[1]["did"])):
        assert text in run.stdout


def test_the_half_that_a_kill_leaves_is_listed_with_what_to_do(course: Program) -> None:
    make(course, "a")
    make(course, "b")
    (course.folder / "keys" / "b.json").unlink()
    run = course("key", "list")
    assert run.status == 1
    assert "keys/b.pem: there is no b.json beside it" in run.stderr
    assert "delete b.pem and run it again; otherwise put b.json back from your backup" in run.stderr
    assert [key["name"] for key in list_json(course)] == ["a"]
    assert course("key", "show", "a").status == 0
    assert course("key", "show", "b").status == 2
    assert course("key", "show").status == 2


def test_a_public_half_alone_is_listed_but_cannot_sign(course: Program) -> None:
    make(course, "a")
    (course.folder / "keys" / "a.pem").unlink()
    run = course("key", "list")
    assert run.status == 0
    assert "a cannot sign" in run.stderr
    assert list_json(course)[0]["can_sign"] is False
    assert "not in the folder" in course("key", "show").stdout


def test_a_public_file_that_was_changed_is_a_problem(course: Program) -> None:
    make(course, "a")
    make(course, "b")
    path = course.folder / "keys" / "b.json"
    path.write_bytes(path.read_bytes().replace(b"did:key:z6Mk", b"did:key:z6MK"))
    run = course("key", "list")
    assert run.status == 1
    assert "keys/b.json: its `did` does not belong to the key" in run.stderr
    assert "1 problem; the other keys are listed" in run.stderr
    run = course("key", "show", "b")
    assert run.status == 2
    assert "The signing key cannot be used: keys/b.json: its `did`" in run.stderr


def test_what_is_no_key_is_passed_over(course: Program) -> None:
    make(course, "a")
    for name in ("keys/README.md", "keys/.b.json", "keys/._a.pem", "keys/old/c.json"):
        course.write(name, "x")
    run = course("key", "list")
    assert (run.status, run.stderr) == (0, "")


def test_hostile_public_files_do_not_steer_the_terminal(course: Program) -> None:
    course.write("keys/a.json", '{"format": "microcred-key/1", "\\u001b[31m\u202e[bold]": "x"}')
    course.write("keys/x\u202ey.json", "{}")
    run = course("key", "list")
    assert run.status == 1
    assert not re.search("[\x1b\u202e]", run.output)


def test_a_key_is_shown(course: Program) -> None:
    make(course, "autumn")
    shown = course("key", "show", "--format", "json").stdout
    assert shown.encode() == (course.folder / "keys" / "autumn.json").read_bytes()
    text = course("key", "show", "autumn").stdout
    for value in json.loads(shown).values():
        assert value in text or value in {"microcred-key/1", "ed25519"}


def test_which_key_has_to_be_said_where_there_are_several(course: Program) -> None:
    make(course, "autumn")
    make(course, "spring")
    run = course("key", "show")
    assert run.status == 2
    assert "say which: autumn, spring" in run.stderr
    run = course("key", "show", "srping")
    assert run.status == 2
    assert "did you mean `spring`?" in run.stderr


@posix
def test_a_passphrase_from_process_substitution(course: Program) -> None:
    command = f"{sys.executable} -m microcred_cli key new a --passphrase-file <(printf '{PHRASE}\\nmore')"
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607
        cwd=course.folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"warning" not in done.stderr
    assert read_secret((course.folder / "keys" / "a.pem").read_bytes(), PHRASE.encode())


@posix
def test_a_passphrase_typed_on_a_terminal_is_not_seen(course: Program) -> None:
    with Conversation(course.folder, "key", "new", "a") as talk:
        talk.read_until("at least 8 characters): ")
        talk.type("short\n")
        talk.read_until("that is shorter than 8 characters")
        talk.read_until("at least 8 characters): ")
        talk.type(f"{PHRASE}\n")
        talk.read_until("The same again: ")
        talk.type("Canary kaese 7431\n")
        talk.read_until("the two are not the same")
        talk.read_until("at least 8 characters): ")
        talk.type(f"{PHRASE}\n")
        talk.read_until("The same again: ")
        talk.type(f"{PHRASE}\n")
        assert talk.finish() == 0
    assert "keys/a.pem" in talk.seen
    assert "Canary" not in talk.seen
    assert read_secret((course.folder / "keys" / "a.pem").read_bytes(), PHRASE.encode())


@posix
def test_an_interruption_at_the_prompt_leaves_nothing(course: Program) -> None:
    with Conversation(course.folder, "key", "new", "a") as talk:
        talk.read_until("at least 8 characters): ")
        talk.type("Canary\x03")
        assert talk.finish() == 130
    assert "error: interrupted" in talk.seen
    assert "Canary" not in talk.seen
    assert not (course.folder / "keys").exists()


@posix
def test_no_input_asks_nobody_even_on_a_terminal(course: Program) -> None:
    with Conversation(course.folder, "key", "new", "--no-input") as talk:
        assert talk.finish() == 2
    assert "--passphrase-file FILE" in talk.seen
