"""Passphrases: from a prompt that shows nothing, or from a file; never from arguments or the environment."""

import getpass
import sys
import unicodedata
import warnings
from pathlib import Path

import typer

from microcred_cli.cli.console import print_message
from microcred_cli.model.errors import UsageError

MINIMUM_CHARACTERS = 8
MAXIMUM_BYTES = 1024
_TRIES = 3
# Control characters, and what is left of bytes that are no UTF-8.
_UNTYPABLE = frozenset({"Cc", "Cs"})
_NO_TERMINAL = "a passphrase is needed, and nobody can be asked for it here"
_NAME_A_FILE = "name a file whose first line is the passphrase: `--passphrase-file FILE`"


def ask_passphrase(key: str, file: Path | None, *, no_input: bool) -> bytes:
    """Return the passphrase of a key that exists: from the file, or asked for once.

    Raises UsageError when neither is possible, and what reading the file raises.
    """
    if file is not None:
        return _read_passphrase(file).encode()
    _require_terminal(no_input=no_input)
    return _ask(f"Passphrase of the key {key}: ").encode()


def choose_passphrase(file: Path | None, *, no_input: bool) -> bytes:
    """Return a passphrase for a new key, of eight characters or more: from the file, or asked for twice.

    What is too short, or not the same twice, is asked for again up to three times. Raises UsageError, and
    what reading the file raises.
    """
    if file is not None:
        passphrase = _read_passphrase(file)
        if len(passphrase) < MINIMUM_CHARACTERS:
            raise UsageError(
                f"the passphrase in {file} is shorter than {MINIMUM_CHARACTERS} characters",
                "a few words that nobody would guess together are a good one",
            )
        return passphrase.encode()
    _require_terminal(no_input=no_input)
    for _ in range(_TRIES):
        passphrase = _ask(f"Passphrase for the new key (at least {MINIMUM_CHARACTERS} characters): ")
        if len(passphrase) < MINIMUM_CHARACTERS:
            print_message(f"that is shorter than {MINIMUM_CHARACTERS} characters")
        elif passphrase != _ask("The same again: "):
            print_message("the two are not the same")
        else:
            return passphrase.encode()
    raise UsageError("no passphrase was chosen", "run it again when you have one; nothing was written")


def _require_terminal(*, no_input: bool) -> None:
    # A stream that the caller closed is None, whatever its type says.
    if no_input or not sys.stdin or not sys.stdin.isatty():
        raise UsageError(_NO_TERMINAL, _NAME_A_FILE)


def _ask(prompt: str) -> str:
    with warnings.catch_warnings():
        # getpass would go on and show what is typed.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return _normalize(getpass.getpass(prompt), "the passphrase")
        except getpass.GetPassWarning as error:
            raise UsageError("this terminal cannot hide what is typed", _NAME_A_FILE) from error
        except EOFError as error:
            raise typer.Abort from error


def _read_passphrase(file: Path) -> str:
    """Return the first line of a passphrase file, without its end."""
    from microcred_cli.files.private import is_exposed, read_first_line

    line = read_first_line(file, MAXIMUM_BYTES + len("\r\n")).removesuffix(b"\n").removesuffix(b"\r")
    if is_exposed(file):
        print_message(f"warning: others on this computer may read or change {file}; run `chmod 600 {file}`")
    if len(line) > MAXIMUM_BYTES:
        raise UsageError(f"the first line of {file} is longer than {MAXIMUM_BYTES:,} bytes")
    passphrase = _normalize(line.decode("utf-8-sig", "surrogateescape"), f"the first line of {file}")
    if not passphrase:
        raise UsageError(f"the first line of {file} is empty", "put the passphrase there")
    return passphrase


def _normalize(passphrase: str, where: str) -> str:
    """Return a passphrase as it is the same from every keyboard and editor (NFC, RFC 8265)."""
    if any(unicodedata.category(character) in _UNTYPABLE for character in passphrase):
        raise UsageError(f"{where} is not plain text in UTF-8", "leave out what no keyboard can type")
    return unicodedata.normalize("NFC", passphrase)
