"""SARIF 2.1.0, for GitHub code scanning and other services that keep track of findings.

The order is that of the files: GitHub takes 25,000 results and sorts them by severity itself. It does not
look at suppressions, though, and shows what is suppressed as an open alert.
"""

import json
import re
from collections.abc import Sequence

from microcred_cli import __version__
from microcred_cli.linting.catalog import CATALOG
from microcred_cli.linting.formats.fingerprints import hash_lines, list_fingerprints
from microcred_cli.linting.formats.sarif_rules import LEVELS, describe_rules
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Position
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.safe import safe

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_BASE = "%SRCROOT%"
_ORDER = {entry.code: place for place, entry in enumerate(CATALOG)}
# RFC 3986, section 2.3, and the slash between segments.
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_DRIVE = re.compile("[A-Za-z]:(?=/)")


def render(files: Sequence[LintedFile], *, suppressed: bool = True) -> str:
    """Return a SARIF log in ASCII that lists all rules; without ``suppressed``, only findings that count."""
    findings = [each for file in files for each in file.findings if suppressed or each.counts]
    fingerprints = iter(list_fingerprints(findings))
    # All results of a run say whether they are suppressed, or none does.
    told = any(not each.counts for each in findings)
    results: list[dict[str, object]] = []
    for file in files:
        listed = [each for each in file.findings if suppressed or each.counts]
        if not listed:
            continue
        hashes = hash_lines(file.document.text, {each.start.line for each in listed})
        lines = LineIndex(file.document.text)
        for finding in listed:
            marks = {
                "primaryLocationLineHash": hashes[finding.start.line],
                "microcredFinding/v1": next(fingerprints),
            }
            result = {**_describe(finding), "partialFingerprints": marks}
            if told:
                result["suppressions"] = _describe_suppression(finding)
            if finding.fix is not None:
                result["fixes"] = [_describe_fix(finding.fix, file.name, lines)]
            results.append(result)
    return json.dumps(_frame(results), indent=2)


def make_uri(name: str) -> str:
    """Return a file's name as a URI: relative ones stay relative, absolute ones get the scheme ``file``."""
    drive = _DRIVE.match(name)
    if drive is not None:
        return f"file:///{drive[0]}{_quote(name[drive.end() :])}"
    if name.startswith("//"):
        return f"file:{_quote(name)}"
    if name.startswith("/"):
        return f"file://{_quote(name)}"
    return _quote(name)


def _quote(path: str) -> str:
    try:
        # How Python tells of names on a disk that are not UTF-8.
        encoded = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        encoded = path.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in encoded)


def _frame(results: list[dict[str, object]]) -> dict[str, object]:
    run = {
        "tool": {"driver": {"name": "microcred", "version": __version__, "rules": describe_rules()}},
        "automationDetails": {"id": "microcred/"},
        "columnKind": "unicodeCodePoints",
        # Where that folder was on this machine is nobody's business; whoever reads the log has his own.
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder microcred was started in."}}},
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _describe(finding: LintFinding) -> dict[str, object]:
    place = {
        "artifactLocation": _locate(finding.file),
        "region": _mark(finding.start, finding.end),
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": _ORDER[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": _word(finding)},
        "locations": [{"physicalLocation": place}],
    }


def _word(finding: LintFinding) -> str:
    """Return the message, whose first sentence GitHub takes for a title, and what to do."""
    advice = f". Help: {safe(finding.help)}" if finding.help else ""
    return f"{safe(finding.message)}{advice}"


def _locate(name: str) -> dict[str, object]:
    uri = make_uri(name)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _BASE}


def _mark(start: Position, end: Position) -> dict[str, object]:
    """Return a region; as in our findings, its end is the place behind the last character."""
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _describe_suppression(finding: LintFinding) -> list[dict[str, object]]:
    if finding.suppressed is None:
        return []
    reason = {"justification": safe(finding.suppressed)} if finding.suppressed else {}
    return [{"kind": "inSource", **reason}]


def _describe_fix(fix: Fix, file: str, lines: LineIndex) -> dict[str, object]:
    replacements = [
        {
            "deletedRegion": _mark(lines.position(edit.span.start), lines.position(edit.span.end)),
            "insertedContent": {"text": edit.replacement},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": safe(fix.title)},
        "artifactChanges": [{"artifactLocation": _locate(file), "replacements": replacements}],
        "properties": {"safe": fix.safe},
    }
