"""Passphrases: asked for where nobody sees them, or the first line of a file; never anything else."""

import getpass
import io
import os
import stat
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from microcred_cli.cli.passphrase import ask_passphrase, choose_passphrase
from microcred_cli.model.errors import MissingInputError, UsageError

posix = pytest.mark.skipif(os.name != "posix", reason="a file's mode says nothing of the kind on Windows")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return what sets the answers of somebody at a terminal; it gives the list of prompts they see."""

    def prepare(*answers: str | BaseException) -> list[str]:
        prompts: list[str] = []
        left: Iterator[str | BaseException] = iter(answers)

        def reply(prompt: str) -> str:
            prompts.append(prompt)
            given = next(left)
            if isinstance(given, BaseException):
                raise given
            return given

        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(getpass, "getpass", reply)
        return prompts

    return prepare


def write(folder: Path, data: bytes) -> Path:
    path = folder / "passphrase.txt"
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def test_a_new_one_is_asked_for_twice(answer: Callable[..., list[str]]) -> None:
    prompts = answer("correct horse", "correct horse")
    assert choose_passphrase(None, no_input=False) == b"correct horse"
    assert len(prompts) == 2
    assert "at least 8 characters" in prompts[0]


def test_one_that_exists_is_asked_for_once(answer: Callable[..., list[str]]) -> None:
    prompts = answer("short")
    assert ask_passphrase("autumn-2026", None, no_input=False) == b"short"
    assert prompts == ["Passphrase of the key autumn-2026: "]


def test_slips_may_be_mended(answer: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    answer("seven 7", "correct horse", "correct hrose", "eight ch", "eight ch")
    assert choose_passphrase(None, no_input=False) == b"eight ch"
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "that is shorter than 8 characters\nthe two are not the same\n"


def test_three_slips_end_it(answer: Callable[..., list[str]]) -> None:
    prompts = answer("", "seven 7", "correct horse", "other", "correct horse", "correct horse")
    with pytest.raises(UsageError, match="no passphrase was chosen"):
        choose_passphrase(None, no_input=False)
    assert len(prompts) == 4


def test_accents_are_the_same_from_every_keyboard(answer: Callable[..., list[str]], tmp_path: Path) -> None:
    composed, decomposed = "K\u00e4sebrot", "Ka\u0308sebrot"
    answer(composed, decomposed)
    chosen = choose_passphrase(None, no_input=False)
    assert chosen == composed.encode()
    assert ask_passphrase("a", write(tmp_path, decomposed.encode()), no_input=False) == chosen


@pytest.mark.parametrize("typed", ["correct\x1b[Ahorse", "correct\thorse", "correct\udcffhorse", "\x00" * 9])
def test_what_no_keyboard_types_is_refused(answer: Callable[..., list[str]], typed: str) -> None:
    answer(typed, typed)
    with pytest.raises(UsageError, match="is not plain text") as caught:
        choose_passphrase(None, no_input=False)
    assert "horse" not in f"{caught.value} {caught.value.advice}"


def test_the_end_of_input_is_an_interruption(answer: Callable[..., list[str]]) -> None:
    answer(EOFError())
    with pytest.raises(typer.Abort):
        ask_passphrase("a", None, no_input=False)


def test_a_terminal_that_shows_what_is_typed_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def show(_prompt: str) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=2)
        pytest.fail("it was asked for all the same")

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", show)
    with pytest.raises(UsageError, match="cannot hide what is typed"):
        ask_passphrase("a", None, no_input=False)


@pytest.mark.parametrize("stdin", [io.StringIO("correct horse\n" * 2), None])
def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch, stdin: object) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    for ask in (choose_passphrase, lambda file, *, no_input: ask_passphrase("a", file, no_input=no_input)):
        with pytest.raises(UsageError) as caught:
            ask(None, no_input=False)
        assert "--passphrase-file FILE" in caught.value.advice


def test_nobody_is_asked_who_does_not_want_to_be(answer: Callable[..., list[str]]) -> None:
    prompts = answer("correct horse", "correct horse")
    with pytest.raises(UsageError):
        choose_passphrase(None, no_input=True)
    assert prompts == []


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [
        (b"correct horse", b"correct horse"),
        (b"correct horse\n", b"correct horse"),
        (b"correct horse\r\n", b"correct horse"),
        (b"correct horse\nand more\n", b"correct horse"),
        (b"  correct horse  \n", b"  correct horse  "),
        (b"\xef\xbb\xbfcorrect horse\n", b"correct horse"),
        (b"x" * 1024, b"x" * 1024),
        (b"x" * 1024 + b"\r\n", b"x" * 1024),
        ("日本語のパスワード".encode(), "日本語のパスワード".encode()),
    ],
)
def test_the_first_line_of_a_file(tmp_path: Path, data: bytes, passphrase: bytes) -> None:
    path = write(tmp_path, data)
    assert ask_passphrase("a", path, no_input=True) == passphrase
    assert choose_passphrase(path, no_input=True) == passphrase


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"\r\ncorrect horse\n", "is empty"),
        (b"x" * 1025, "is longer than 1,024 bytes"),
        (b"x" * 1025 + b"\n", "is longer than 1,024 bytes"),
        (b"x" * 1_000_000, "is longer than 1,024 bytes"),
        (b"correct \xff horse\n", "is not plain text in UTF-8"),
        ("correct horse\n".encode("utf-16"), "is not plain text in UTF-8"),
        (b"correct\x00horse", "is not plain text in UTF-8"),
    ],
)
def test_files_without_a_passphrase(tmp_path: Path, data: bytes, message: str) -> None:
    path = write(tmp_path, data)
    for ask in (choose_passphrase, lambda file, *, no_input: ask_passphrase("a", file, no_input=no_input)):
        with pytest.raises(UsageError) as caught:
            ask(path, no_input=True)
        said = f"{caught.value} {caught.value.advice}"
        assert message in said
        assert "horse" not in said


def test_only_a_new_passphrase_has_to_be_long(tmp_path: Path) -> None:
    path = write(tmp_path, "käse für".encode()[:-1])
    assert ask_passphrase("a", path, no_input=True) == "käse fü".encode()
    with pytest.raises(UsageError, match="shorter than 8 characters"):
        choose_passphrase(path, no_input=True)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError):
        ask_passphrase("a", tmp_path / "missing", no_input=True)


@posix
def test_a_file_that_others_may_read_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, b"correct horse")
    ask_passphrase("a", path, no_input=True)
    assert capsys.readouterr().err == ""
    path.chmod(path.stat().st_mode | stat.S_IRGRP)
    assert ask_passphrase("a", path, no_input=True) == b"correct horse"
    assert f"warning: others on this computer may read or change {path}" in capsys.readouterr().err
