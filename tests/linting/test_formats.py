"""How findings are printed."""

import json
from dataclasses import replace
from typing import Any

import pytest

from microcred_cli.linting.formats import concise, github, text
from microcred_cli.linting.formats import json as json_format
from microcred_cli.linting.record import LintedFile
from microcred_cli.linting.snippet import make_snippet
from microcred_cli.model.finding import Severity
from tests.linting.samples import RUBRIC, edit_rubric, lint_text

MISTAKEN = edit_rubric("shown_at: proficient", "shown_at: profficient")
LOWEST = edit_rubric("shown_at: proficient", "shown_at: beginning")
SUPPRESSED = edit_rubric("shown_at: proficient", "shown_at: beginning # microcred: ignore[MC305] on purpose")


def test_text_shows_the_line_with_carets_and_help() -> None:
    assert text.render([lint_text(MISTAKEN, "rubrics/x.yaml")]) == (
        "rubrics/x.yaml:9:11: error[MC201] unknown-level: there is no level `profficient`\n"
        "  |\n"
        "9 | shown_at: profficient\n"
        "  |           ^^^^^^^^^^^\n"
        "  = help: did you mean `proficient`?\n"
        "\n"
        "Found 1 error in 1 file. Why it matters: microcred rule unknown-level"
    )


def test_text_without_summary_or_help() -> None:
    linted = lint_text(MISTAKEN)
    bare = replace(linted, findings=tuple(replace(each, help=None) for each in linted.findings))
    shown = text.render([bare], summary=False)
    assert "help" not in shown
    assert "Found" not in shown
    assert text.render([lint_text(RUBRIC)], summary=False) == ""


def test_colour_only_when_asked_for() -> None:
    assert "\x1b" not in text.render([lint_text(MISTAKEN)])
    shown = text.render([lint_text(MISTAKEN)], color=True)
    assert "\x1b[1;31merror[MC201]\x1b[0m" in shown


@pytest.mark.parametrize(
    ("texts", "summary"),
    [
        ([RUBRIC], "Nothing found in 1 file."),
        ([RUBRIC, SUPPRESSED], "Nothing found in 2 files (1 suppressed)."),
        ([MISTAKEN, RUBRIC], "Found 1 error in 1 of 2 files."),
        ([MISTAKEN, LOWEST, SUPPRESSED], "Found 1 error and 1 warning in 2 of 3 files (1 suppressed)."),
    ],
)
def test_the_last_line_sums_up(texts: list[str], summary: str) -> None:
    shown = text.render([lint_text(each, f"{number}.yaml") for number, each in enumerate(texts)])
    assert shown.splitlines()[-1].startswith(summary)


def test_a_finding_of_several_lines_is_shown_by_its_first() -> None:
    linted = lint_text(edit_rubric("title: Listens\n", 'title: Listens\n    summary: "two\n      lines"\n'))
    spread = replace(
        linted.findings[0], end=replace(linted.findings[0].start, line=linted.findings[0].start.line + 1)
    )
    shown = text.render([replace(linted, findings=(spread,))])
    assert '    summary: "two' in shown
    assert "^" * len('summary: "two') in shown
    assert "col=" not in github.render([replace(linted, findings=(spread,))])


@pytest.mark.parametrize(
    ("line", "covered", "shown", "carets"),
    [
        ("a: b", "b", "a: b", "   ^"),
        ("\ta: b", "b", "    a: b", "       ^"),
        ("山: 川", "川", "山: 川", "    ^^"),
        ("e\u0301: b", "b", "e\u0301: b", "   ^"),
        ("\u202ea: b", "b", "\\u202ea: b", "         ^"),
        ("a: \x07", "\x07", "a: \\x07", "   ^^^^"),
        ("a: ", "", "a: ", "^"),
        ("é: b", "b", "é: b", "   ^"),
    ],
)
def test_carets_stand_under_what_is_meant(line: str, covered: str, shown: str, carets: str) -> None:
    start = line.index(covered)
    snippet = make_snippet(line, start, start + len(covered))
    assert (snippet.line, snippet.carets) == (shown, carets)


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    snippet = make_snippet("x" * 500 + "HERE" + "y" * 500, 500, 504)
    start = snippet.carets.index("^")
    assert snippet.line[start : start + 4] == "HERE"
    assert len(snippet.line) < 110
    assert snippet.line.startswith("...x")
    assert snippet.line.endswith("y...")


def test_concise_is_one_line_each() -> None:
    shown = concise.render(
        [lint_text(MISTAKEN, "a.yaml"), lint_text(LOWEST, "b.yaml"), lint_text(SUPPRESSED)]
    )
    assert [line.split(" ")[:3] for line in shown.splitlines()] == [
        ["a.yaml:9:11:", "error[MC201]", "unknown-level:"],
        ["b.yaml:9:11:", "warning[MC305]", "shown-at-lowest:"],
    ]


def test_json_holds_everything_in_ascii() -> None:
    shown = json_format.render([lint_text(MISTAKEN, "é.yaml"), lint_text(SUPPRESSED)])
    assert shown.isascii()
    result: dict[str, Any] = json.loads(shown)
    assert result["format"] == "microcred-lint/1"
    assert result["findings"][0] == {
        "file": "é.yaml",
        "code": "MC201",
        "slug": "unknown-level",
        "severity": "error",
        "message": "there is no level `profficient`",
        "help": "did you mean `proficient`?",
        "start": {"line": 9, "column": 11},
        "end": {"line": 9, "column": 22},
        "suppressed": None,
    }
    assert result["findings"][1]["suppressed"] == "on purpose"
    assert result["summary"] == {
        "files": 2,
        "files_with_findings": 1,
        "errors": 1,
        "warnings": 0,
        "infos": 0,
        "suppressed": 1,
    }


def make_finding(**changes: Any) -> LintedFile:
    linted = lint_text(MISTAKEN)
    return replace(linted, findings=(replace(linted.findings[0], **changes),))


def test_github_commands_are_escaped() -> None:
    linted = make_finding(file="a,b:c%.yaml", message="100%: a,b", help="next\nline")
    assert github.render([linted]).splitlines()[0] == (
        "::error file=a%2Cb%3Ac%25.yaml,line=9,endLine=9,col=11,endColumn=22,title=MC201 unknown-level"
        "::100%25: a,b%0Ahelp: next\\nline"
    )


def test_github_shows_the_worst_first_and_then_the_text() -> None:
    info = make_finding(severity=Severity.INFO, help=None)
    lines = github.render([info, lint_text(LOWEST), lint_text(MISTAKEN)]).splitlines()
    assert [line.split(" ")[0] for line in lines[:3]] == ["::error", "::warning", "::notice"]
    assert lines[-1].startswith("Found 1 error and 1 warning and 1 note")
    assert github.render([lint_text(RUBRIC)], summary=False) == ""


def test_no_format_lets_a_file_steer_the_terminal() -> None:
    linted = make_finding(file="a\x1b[2J.yaml", message="\u202e\x1b[31m", help="\r\n::error::")
    for render in (text.render, concise.render, github.render, json_format.render):
        shown = render([linted])
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "\r" not in shown
        assert "\n::error::" not in shown
