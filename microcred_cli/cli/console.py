"""The two streams: results on stdout, messages on stderr. What is printed here has been through safe()."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from microcred_cli.texts.safe import safe


def prepare_streams() -> None:
    """Make both streams take any text: a redirected stdout on Windows is cp1252 otherwise."""
    # A stream that the caller closed is None; what would be printed there is not wanted.
    sys.stdout = sys.stdout or _open_nowhere()
    sys.stderr = sys.stderr or _open_nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _open_nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def print_result(text: str = "") -> None:
    """Print lines of a result to stdout. Text from files must have been through safe()."""
    sys.stdout.write(f"{text}\n")


def print_message(text: str = "", *, quiet: bool = False) -> None:
    """Print a line to stderr, unless quiet. The text may come from a file."""
    if not quiet:
        _write_message(f"{safe(text)}\n")


def print_error(text: str, advice: str | None = None) -> None:
    """Print what went wrong to stderr, and what to do next."""
    _write_message(f"error: {safe(text)}\n")
    if advice:
        _write_message(f"  help: {safe(advice)}\n")


def _write_message(line: str) -> None:
    """Write to stderr; that nobody can read it there changes nothing of the result."""
    with suppress(OSError, ValueError):
        sys.stderr.write(line)
        sys.stderr.flush()


def wants_color(stream: TextIO) -> bool:
    """Return whether the stream is a terminal that colours are welcome on (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def find_width() -> int | None:
    """Return how many columns stdout has, None when it is no terminal."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size  # loads the archives' modules, which pipes need not wait for

    return get_terminal_size().columns
