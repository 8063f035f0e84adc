"""What GitLab's code quality report gets."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from microcred_cli.linting.formats import gitlab
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.finding import Severity
from tests.linting.made_findings import (
    ANY_FILES,
    CLEAN,
    MISTAKEN,
    SUPPRESSED,
    alter,
    lint_text,
    make_file,
    make_finding,
)

# https://docs.gitlab.com/ci/testing/code_quality/, "Code Quality report format"
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


def read_report(files: list[LintedFile]) -> list[dict[str, Any]]:
    shown = gitlab.render(files)
    assert shown.isascii()
    report: list[dict[str, Any]] = json.loads(shown)
    jsonschema.validate(report, SCHEMA)
    return report


def test_a_finding_is_an_entry() -> None:
    (entry,) = read_report([lint_text(MISTAKEN, "rubrics/x.yaml")])
    del entry["fingerprint"]
    assert entry == {
        "description": "MC201 unknown-level: there is no level `profficient`. "
        "Help: did you mean `proficient`?",
        "check_name": "MC201",
        "severity": "major",
        "location": {"path": "rubrics/x.yaml", "lines": {"begin": 9, "end": 9}},
    }


def test_nothing_found_is_an_empty_list() -> None:
    assert gitlab.render([lint_text(CLEAN)]) == "[]"
    assert gitlab.render([]) == "[]"
    assert gitlab.render([lint_text(SUPPRESSED)]) == "[]"


@pytest.mark.parametrize(
    ("severity", "told"), [(Severity.ERROR, "major"), (Severity.WARNING, "minor"), (Severity.INFO, "info")]
)
def test_severities(severity: Severity, told: str) -> None:
    assert read_report([alter(lint_text(MISTAKEN), severity=severity)])[0]["severity"] == told


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("./rubrics/x.yaml", "rubrics/x.yaml"),
        ("rubrics/a b é.yaml", "rubrics/a b é.yaml"),
        (".hidden.yaml", ".hidden.yaml"),
        ("\udcff.yaml", "?.yaml"),
    ],
)
def test_paths_are_those_of_the_repository(name: str, path: str) -> None:
    assert read_report([alter(lint_text(MISTAKEN), file=name)])[0]["location"]["path"] == path


def test_a_moved_line_keeps_its_fingerprint() -> None:
    moved = MISTAKEN.replace("title: Teamwork\n", "title: Teamwork\nsummary: Works with others.\n", 1)
    before, after = (read_report([lint_text(text)])[0] for text in (MISTAKEN, moved))
    assert before["location"] != after["location"]
    assert before["fingerprint"] == after["fingerprint"]


def test_fingerprints_differ_by_file_rule_message_and_number() -> None:
    text = "a: x x\n"
    first = make_finding(text, 3, 4)
    others = [
        first._replace(file="b.yaml"),
        first._replace(code="MC202"),
        first._replace(message="there is no level `other`"),
        make_finding(text, 5, 6),
    ]
    report = read_report([make_file(text, first, *others)])
    assert len({each["fingerprint"] for each in report}) == 5


@pytest.mark.parametrize("change", [{"file": "b.yaml"}, {"code": "MC202"}, {"message": "something else"}])
def test_what_comes_before_leaves_a_fingerprint_as_it_is(change: dict[str, str]) -> None:
    text = "a: x x\n"
    first = make_finding(text, 5, 6)
    other = make_finding(text, 3, 4, **change)
    (alone,) = read_report([make_file(text, first)])
    assert read_report([make_file(text, other, first)])[1]["fingerprint"] == alone["fingerprint"]


def test_several_lines() -> None:
    text = "a: 'b\n  c'\n"
    assert read_report([make_file(text, make_finding(text, 3, 10))])[0]["location"]["lines"] == {
        "begin": 1,
        "end": 2,
    }


def test_no_word_of_a_file_steers_a_reader() -> None:
    (entry,) = read_report([alter(lint_text(MISTAKEN), message="\u202ea\x1b[2J", help="\r\n")])
    assert entry["description"] == "MC201 unknown-level: \\u202ea\\x1b[2J. Help: \\r\\n"


@settings(max_examples=30, deadline=None)
@given(ANY_FILES)
def test_whatever_was_found_the_report_is_valid(files: list[LintedFile]) -> None:
    report = read_report(files)
    findings = [each for file in files for each in file.findings if each.suppressed is None]
    assert [each["check_name"] for each in report] == [each.code for each in findings]
    assert len({each["fingerprint"] for each in report}) == len(report)
    # No half of a surrogate pair, which Ruby would refuse.
    json.dumps(report, ensure_ascii=False).encode("utf-8")
