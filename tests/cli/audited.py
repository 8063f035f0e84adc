"""Auditing an assessment, what the audit says, and what a hand may do to files."""

import csv
import hashlib
import io
import json
from typing import Any

from tests.cli.program import Program


def audit(program: Program, *arguments: str) -> dict[str, Any]:
    """Return the audit as JSON, which says the same as the exit status."""
    run = program("audit", *arguments, "--format", "json")
    document: dict[str, Any] = json.loads(run.stdout)
    assert document["format"] == "microcred-audit/1", document["format"]
    assert {"passed": 0, "failed": 1, "unchecked": 4}[document["outcome"]] == run.status, run.output
    return document


def outcomes(document: dict[str, Any]) -> dict[str, str]:
    return {each["check"]: each["outcome"] for each in document["checks"]}


def failed(document: dict[str, Any]) -> set[str]:
    return {name for name, outcome in outcomes(document).items() if outcome == "failed"}


def named(document: dict[str, Any], check: str) -> list[dict[str, Any]]:
    """Return what a check named."""
    (found,) = [each["discrepancies"] for each in document["checks"] if each["check"] == check]
    listed: list[dict[str, Any]] = found
    return listed


def edit(program: Program, name: str, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    path = program.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def restamp(program: Program, folder: str = "out") -> None:
    """Make the manifest's digests those of the tables and inputs as they are now, as a forger would."""
    path = program.folder / folder / "assessment.json"
    manifest = json.loads(path.read_bytes())
    for name in manifest["tables"]:
        manifest["tables"][name] = hashlib.sha256((path.parent / name).read_bytes()).hexdigest()
    for each in manifest["inputs"]:
        each["sha256"] = hashlib.sha256((program.folder / each["path"]).read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest), encoding="utf-8")


def turn(program: Program, name: str) -> None:
    """Put the rows of a table in the opposite order."""
    path = program.folder / name
    heading, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([heading, *rows[::-1]])
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
