"""What GitHub code scanning and other readers of SARIF get."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urljoin

import jsonschema
import pytest
from hypothesis import given, settings

from microcred_cli import __version__
from microcred_cli.linting.catalog import CATALOG, load_documentation, load_rule
from microcred_cli.linting.formats import sarif
from microcred_cli.linting.formats.fingerprints import hash_lines
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.finding import Severity
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.edits import apply_edits
from tests.linting.made_findings import (
    ANY_FILES,
    CLEAN,
    LOWEST,
    MISTAKEN,
    SUPPRESSED,
    alter,
    fix_level,
    lint_text,
    make_file,
    make_finding,
)

SCHEMA = json.loads(
    (Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
# RFC 3986, section 4.2: no colon in the first segment of a relative reference.
REFERENCE = re.compile(r"(?:file:(?://)?/?|(?![^/]*:))(?:[A-Za-z0-9._~:/-]|%[0-9A-F]{2})*")


def read_run(files: list[LintedFile], *, judge_rules: bool = True, **options: Any) -> dict[str, Any]:
    """Return the one run of a log that was held against the schema, which takes its time with many rules."""
    shown = sarif.render(files, **options)
    assert shown.isascii()
    log = json.loads(shown)
    if not judge_rules:
        log["runs"][0]["tool"]["driver"]["rules"].clear()
    VALIDATOR.validate(log)
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def read_result(linted: LintedFile) -> dict[str, Any]:
    (result,) = read_run([linted])["results"]
    assert isinstance(result, dict)
    return result


def apply_region(text: str, region: dict[str, int], inserted: str) -> str:
    """Return the text after a replacement, places found without the program's own index of lines."""
    ends = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
    start = ends[region["startLine"] - 1] + region["startColumn"] - 1
    end = ends[region["endLine"] - 1] + region["endColumn"] - 1
    return text[:start] + inserted + text[end:]


def test_a_finding_is_a_result() -> None:
    run = read_run([lint_text(MISTAKEN, "rubrics/x.yaml")])
    (result,) = run["results"]
    place = result.pop("locations")[0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "rubrics/x.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 9, "startColumn": 11, "endLine": 9, "endColumn": 22},
    }
    assert set(result.pop("partialFingerprints")) == {"primaryLocationLineHash", "microcredFinding/v1"}
    assert result == {
        "ruleId": "MC201",
        "ruleIndex": [entry.code for entry in CATALOG].index("MC201"),
        "level": "error",
        "message": {"text": "there is no level `profficient`. Help: did you mean `proficient`?"},
    }
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"] == {"id": "microcred/"}
    assert run["tool"]["driver"]["version"] == __version__


def test_a_clean_file_has_no_results_but_all_rules() -> None:
    run = read_run([lint_text(CLEAN)])
    assert run["results"] == []
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [entry.code for entry in CATALOG]
    assert read_run([])["results"] == []


def test_every_rule_says_what_github_shows() -> None:
    for entry, rule in zip(CATALOG, read_run([])["tool"]["driver"]["rules"], strict=True):
        record = load_rule(entry.slug)
        assert rule["name"] == entry.slug
        assert rule["shortDescription"]["text"] == record.summary
        full = rule["fullDescription"]["text"]
        assert 40 < len(full) <= 1024
        assert "\n" not in full
        assert "##" not in full
        section = load_documentation(entry.slug).split("## What it is\n")[1].split("\n## ")[0]
        whole = " ".join(section.split())
        assert full == (whole if len(whole) <= 1024 else f"{whole[:1023]}…")
        assert rule["help"] == dict.fromkeys(("text", "markdown"), load_documentation(entry.slug))
        assert rule["properties"]["tags"][0] == "rubric"
        assert len(rule["properties"]["tags"]) == 2
        expected = {
            Severity.ERROR: ("error", "error"),
            Severity.WARNING: ("warning", "warning"),
            Severity.INFO: ("note", "recommendation"),
        }[record.severity]
        given_ = (rule["defaultConfiguration"]["level"], rule["properties"]["problem.severity"])
        assert given_ == expected


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")]
)
def test_levels(severity: Severity, level: str) -> None:
    assert read_result(alter(lint_text(MISTAKEN), severity=severity))["level"] == level


def test_columns_count_code_points_and_lines_may_be_several() -> None:
    text = "a: \U0001f600\U0001f600 b\r\nc: d\n"
    region = read_result(make_file(text, make_finding(text, 6, 12)))["locations"][0]["physicalLocation"][
        "region"
    ]
    assert region == {"startLine": 1, "startColumn": 7, "endLine": 2, "endColumn": 4}


def test_suppressed_findings_say_why() -> None:
    results = read_run([lint_text(MISTAKEN), lint_text(SUPPRESSED)])["results"]
    assert [each["suppressions"] for each in results] == [
        [],
        [{"kind": "inSource", "justification": "on purpose"}],
    ]
    unexplained = alter(lint_text(SUPPRESSED), suppressed="")
    assert read_result(unexplained)["suppressions"] == [{"kind": "inSource"}]


def test_suppressed_findings_may_be_left_out() -> None:
    (result,) = read_run([lint_text(SUPPRESSED), lint_text(LOWEST)], suppressed=False)["results"]
    assert "suppressions" not in result


def test_a_fix_is_a_replacement() -> None:
    linted = fix_level(safe=False)
    (fix,) = read_result(linted)["fixes"]
    assert fix["description"] == {"text": "write `proficient`"}
    assert fix["properties"] == {"safe": False}
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"}
    (replacement,) = change["replacements"]
    applied = apply_region(MISTAKEN, replacement["deletedRegion"], replacement["insertedContent"]["text"])
    assert applied == CLEAN


@pytest.mark.parametrize(
    ("start", "end", "replacement"),
    [(0, 0, "x\n"), (3, 3, "\U0001f600"), (2, 9, ""), (9, 14, "é"), (14, 14, "!")],
)
def test_what_a_fix_says_can_be_applied(start: int, end: int, replacement: str) -> None:
    text = "a: \U0001f600b\r\nc: d\re\nf"
    fix = Fix("mend it", (Edit(Span(start, end), replacement),))
    (told,) = read_result(make_file(text, make_finding(text, 0, 1, fix=fix)))["fixes"]
    (told,) = told["artifactChanges"][0]["replacements"]
    applied = apply_region(text, told["deletedRegion"], told["insertedContent"]["text"])
    assert applied == apply_edits(text, fix.edits)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("rubrics/x.yaml", "rubrics/x.yaml"),
        ("a b/ü%.yaml", "a%20b/%C3%BC%25.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("what?#[1].yaml", "what%3F%23%5B1%5D.yaml"),
        ("back\\slash.yaml", "back%5Cslash.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("../x.yaml", "../x.yaml"),
        ("\U0001f600\n.yaml", "%F0%9F%98%80%0A.yaml"),
        ("/home/me/a b.yaml", "file:///home/me/a%20b.yaml"),
        ("C:/Users/me/a b.yaml", "file:///C:/Users/me/a%20b.yaml"),
        ("//server/share/x.yaml", "file://server/share/x.yaml"),
        ("not\udcffutf8.yaml", "not%FFutf8.yaml"),
        ("lone\ud800.yaml", "lone%ED%A0%80.yaml"),
    ],
)
def test_names_become_uris(name: str, uri: str) -> None:
    location = read_result(alter(lint_text(MISTAKEN), file=name))["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == uri
    assert REFERENCE.fullmatch(uri)
    absolute = name.startswith("/") or name[1:3] == ":/"
    assert ("uriBaseId" in location["artifactLocation"]) is not absolute
    if not absolute and "\ud800" not in name:
        assert unquote_to_bytes(uri) == name.encode("utf-8", "surrogateescape")
    assert urljoin("file:///base/", uri).startswith("file:/")


# The expected values are those of the action's own tests, src/fingerprints.test.ts in github/codeql-action.
@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        (
            " hello; \t\r\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
            [
                "e9496ae3ebfced30:1",
                "fb7c023a8b9ccb3f:1",
                "ce8ba1a563dcdaca:1",
                "e20e36e16fcb0cc8:1",
                "b3edc88f2938467e:1",
                "c8e28b0b4002a3a0:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
    ],
)
def test_lines_are_hashed_as_the_upload_action_does(text: str, hashes: list[str]) -> None:
    assert hash_lines(text, range(1, len(hashes) + 1)) == dict(enumerate(hashes, 1))
    assert hash_lines(text, [len(hashes)]) == {len(hashes): hashes[-1]}


def test_a_line_is_hashed_by_units_of_utf_16() -> None:
    # The formula written out, which none of the vectors above has with such a character.
    expected = (0xD83D * 37**99 + 0xDE00 * 37**98 + 0xFFFF * 37**97) % 2**64
    assert hash_lines("\U0001f600", [1]) == {1: f"{expected:x}:1"}


def test_a_moved_line_keeps_its_fingerprints() -> None:
    before = read_result(lint_text(MISTAKEN))
    moved = MISTAKEN.replace("title: Teamwork\n", "title: Teamwork\nsummary: Works with others.\n", 1)
    after = read_result(lint_text(moved))
    assert after["locations"] != before["locations"]
    assert after["partialFingerprints"] == before["partialFingerprints"]


def test_findings_that_look_the_same_have_fingerprints_of_their_own() -> None:
    text = "a: x x\n"
    alike = (make_finding(text, 3, 4), make_finding(text, 5, 6))
    results = read_run(
        [make_file(text, *alike), make_file(text, alike[0]._replace(file="b.yaml"), name="b.yaml")]
    )
    assert len({each["partialFingerprints"]["microcredFinding/v1"] for each in results["results"]}) == 3


def test_no_word_of_a_file_steers_a_viewer() -> None:
    result = read_result(alter(lint_text(MISTAKEN), message="\u202ea\x1b[2J", help="\x00"))
    assert result["message"]["text"] == "\\u202ea\\x1b[2J. Help: \\x00"


@settings(max_examples=30, deadline=None)
@given(ANY_FILES)
def test_whatever_was_found_the_log_is_valid(files: list[LintedFile]) -> None:
    findings = [each for file in files for each in file.findings]
    results = read_run(files, judge_rules=False)["results"]
    assert [each["ruleId"] for each in results] == [each.code for each in findings]
    assert len({each["partialFingerprints"]["microcredFinding/v1"] for each in results}) == len(results)
    for finding, result in zip(findings, results, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert REFERENCE.fullmatch(place["artifactLocation"]["uri"])
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert bool(result.get("suppressions")) is (finding.suppressed is not None)
        assert ("fixes" in result) is (finding.fix is not None)
