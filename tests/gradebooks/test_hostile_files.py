"""Files made to harm, through the program itself: a message, within bounds, and no traceback."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shared import ROOT
from tests.texts.spreadsheets import pack, pack_xlsx, write_xlsx

_RUN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512_000_000, 512_000_000))
from microcred_cli.__main__ import main
sys.argv[1:] = ["inspect", sys.argv[1]]
main()
"""
_SECONDS = 60


def write_sparse(path: Path) -> None:
    """One field of 1 GB, of which nothing is on disk."""
    with path.open("wb") as file:
        file.write(b'learner,Essay\ns,"')
        file.truncate(1 << 30)


def write(make: bytes | Callable[[], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(make if isinstance(make, bytes) else make())


NUMBERS = '<row r="1"><c r="A1" t="inlineStr"><is><t>learner</t></is></c><c r="B1"><f>1+1</f></c></row>'
FAR = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'
FAR += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "NUL": (write(b"learner,Essay\ns,\x003\n"), "a NUL character"),
    "an unbalanced quote": (write(b'learner,Essay\ns,"3\nt,4\n'), "never closed"),
    "100,000 columns": (write(b"learner" + b",a" * 100_000 + b"\ns" + b",1" * 100_000 + b"\n"), "columns"),
    "one field of 1 GB": (write_sparse, "more than 12,000,000 bytes"),
    "a million quotes": (write(b'learner,Essay\ns,"' + b'""' * 500_000 + b'"\n'), "a cell is too long"),
    "a bomb": (write(lambda: pack({"a.csv": b"learner,Essay\n" + b"s,3\n" * 10_000_000})), "holds more than"),
    "a spreadsheet that is a bomb": (
        write(lambda: pack_xlsx({"A": " " * 110_000_000})),
        "unpacks to more than",
    ),
    "cells far apart": (write(pack_xlsx({"A": FAR})), "columns"),
    "an entry without a name": (write(pack({"a.csv": "learner,Essay\ns,3\n", "": "y"})), "has no name"),
    "a path that leads out": (write(pack({"../../a.csv": b"learner,Essay\ns,3\n"})), "leads out"),
    "a formula never worked out": (write(pack_xlsx({"A": NUMBERS})), "formula"),
    "an old Excel file": (write(bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00" * 600), ".xls"),
    "a key in two forms": (
        write("learner,Essay\nZoë,3\nZoe\u0308,4\n".encode()),
        "the same learner stands in row 2 already",
    ),
    "no rows": (write(write_xlsx([["learner", "Essay"]])), "no row below it"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's")
@pytest.mark.parametrize("name", FILES)
def test_a_file_made_to_harm_is_answered_with_a_message(name: str, tmp_path: Path) -> None:
    make, message = FILES[name]
    path = tmp_path / "export"
    make(path)
    run = subprocess.run(
        [sys.executable, "-c", _RUN, str(path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        timeout=_SECONDS,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert message in run.stderr
    assert "Traceback" not in run.stderr


NAMES = ["\u202egnihsiL", "Zo\u200b\u200be", "\u0645\u0631\u064a\u0645", "a\u2066b\u2069", "\ufeffx"]


def test_names_that_turn_text_around_are_told_apart_and_made_safe(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    rows = "".join(f"k{number},{name},x\n" for number, name in enumerate(NAMES))
    path.write_text(f"learner,name,Es\u202esay\n{rows}", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "microcred_cli", "inspect", str(path), "--show-names"],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    output = (run.stdout + run.stderr).decode()
    assert "learners: 5" in output
    assert not set(output) & set("\u202e\u200b\u2066\u2069\ufeff")
