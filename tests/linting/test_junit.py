"""What readers of JUnit reports get."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import given, settings

from microcred_cli.linting.formats import junit
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.finding import Severity
from tests.linting.made_findings import (
    ANY_FILES,
    CLEAN,
    LOWEST,
    MISTAKEN,
    SUPPRESSED,
    alter,
    lint_text,
    make_file,
    make_finding,
)

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "schemas" / "junit-10.xsd"))


def make_judge(fail_level: Severity) -> junit.Fails:
    weights = list(Severity)
    return lambda finding: weights.index(finding.severity) <= weights.index(fail_level)


def read_report(files: list[LintedFile], fail_level: Severity = Severity.WARNING) -> ET.Element:
    """Return the root of a report that was held against the schema, and whose numbers are right."""
    shown = junit.render(files, make_judge(fail_level))
    assert shown.isascii()
    assert shown.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    root = ET.fromstring(shown)  # noqa: S314 - our own report
    SCHEMA.validate(root)
    for element in (root, *root):
        assert element.get("tests") == str(len(list(element.iter("testcase"))))
        assert element.get("failures") == str(len(list(element.iter("failure"))))
        assert element.get("errors") == "0"
    for suite in root:
        assert suite.get("skipped") == str(len(list(suite.iter("skipped"))))
    return root


def read_case(linted: LintedFile, fail_level: Severity = Severity.WARNING) -> ET.Element:
    (case,) = read_report([linted], fail_level).iter("testcase")
    return case


def test_a_finding_is_a_case_that_fails() -> None:
    root = read_report([lint_text(MISTAKEN, "rubrics/x.yaml")])
    assert root.attrib == {"name": "microcred lint", "tests": "1", "failures": "1", "errors": "0"}
    assert root[0].get("name") == "rubrics/x.yaml"
    case = root[0][0]
    assert case.attrib == {
        "classname": "rubrics/x",
        "name": "MC201 unknown-level: there is no level `profficient`",
    }
    (failure,) = case
    assert failure.tag == "failure"
    assert failure.attrib == {"type": "unknown-level", "message": "there is no level `profficient`"}
    assert failure.text == (
        "rubrics/x.yaml:9:11: error[MC201] unknown-level: there is no level `profficient`\n"
        "  |\n"
        "9 | shown_at: profficient\n"
        "  |           ^^^^^^^^^^^\n"
        "  = help: did you mean `proficient`?"
    )


def test_a_clean_file_is_a_case_that_passes() -> None:
    root = read_report([lint_text(CLEAN, "a.yaml"), lint_text(CLEAN, "b.yml")])
    assert [suite.get("name") for suite in root] == ["a.yaml", "b.yml"]
    cases = list(root.iter("testcase"))
    assert [(case.get("classname"), case.get("name"), len(case)) for case in cases] == [
        ("a", "nothing found", 0),
        ("b", "nothing found", 0),
    ]


def test_no_file_at_all_is_a_valid_report() -> None:
    assert len(read_report([])) == 0


@pytest.mark.parametrize(
    ("fail_level", "failing"),
    [
        (Severity.ERROR, {Severity.ERROR}),
        (Severity.WARNING, {Severity.ERROR, Severity.WARNING}),
        (Severity.INFO, set(Severity)),
    ],
)
def test_what_weighs_less_passes_with_its_text_as_output(
    fail_level: Severity, failing: set[Severity]
) -> None:
    for severity in Severity:
        (outcome,) = read_case(alter(lint_text(MISTAKEN), severity=severity), fail_level)
        assert outcome.tag == ("failure" if severity in failing else "system-out")
        assert outcome.text is not None
        assert "shown_at: profficient" in outcome.text


def test_without_a_level_warnings_fail_and_notes_do_not() -> None:
    note = alter(lint_text(MISTAKEN), severity=Severity.INFO)
    assert 'failures="1"' in junit.render([lint_text(LOWEST)], make_judge(Severity.WARNING))
    assert 'failures="0"' in junit.render([note], make_judge(Severity.WARNING))


def test_a_suppressed_finding_is_skipped_with_its_reason() -> None:
    (outcome,) = read_case(lint_text(SUPPRESSED))
    assert (outcome.tag, outcome.attrib, outcome.text) == ("skipped", {"message": "on purpose"}, "on purpose")
    (outcome,) = read_case(alter(lint_text(SUPPRESSED), suppressed=""))
    assert outcome.get("message") == "suppressed without a reason"


def test_cases_that_would_share_a_name_are_numbered() -> None:
    text = "a: x x x\n"
    linted = make_file(text, *(make_finding(text, place, place + 1) for place in (3, 5, 7)))
    names = [case.get("name") for case in read_report([linted]).iter("testcase")]
    assert names[1:] == [f"{names[0]} (2)", f"{names[0]} (3)"]


def test_what_xml_cannot_hold_is_written_out() -> None:
    hostile = "]]>&lt;<a b='\"'>\x00\x0b\x1b\u202e\ud800\ufffe\uffff\U0001f600"
    written = "]]>&lt;<a b='\"'>\\x00\\x0b\\x1b\\u202e\\ud800\\ufffe\\uffff\U0001f600"
    linted = alter(lint_text(MISTAKEN), file=hostile, message=hostile, help=hostile)
    root = read_report([linted])
    assert root[0].get("name") == written
    (failure,) = root[0][0]
    assert failure.get("message") == written
    assert failure.text is not None
    assert failure.text.endswith(f"= help: {written}")
    (skipped,) = read_case(alter(lint_text(MISTAKEN), suppressed=hostile))
    assert skipped.get("message") == written


@settings(max_examples=30, deadline=None)
@given(ANY_FILES)
def test_whatever_was_found_the_report_is_valid(files: list[LintedFile]) -> None:
    root = read_report(files)
    assert len(root) == len(files)
    for file, suite in zip(files, root, strict=True):
        names = [case.get("name") for case in suite]
        assert len(set(names)) == len(names) == max(1, len(file.findings))
        outcomes = [outcome.tag for case in suite for outcome in case]
        assert outcomes == [
            "skipped"
            if each.suppressed is not None
            else ("system-out" if each.severity is Severity.INFO else "failure")
            for each in file.findings
        ]
