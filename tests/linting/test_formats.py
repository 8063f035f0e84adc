"""How findings are printed."""

import html
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings

from microcred_cli.linting.catalog import load_rule
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.linting.formats import concise, github, statistics, text
from microcred_cli.linting.formats import json as json_format
from microcred_cli.linting.record import LintedFile
from microcred_cli.linting.snippet import make_snippet
from microcred_cli.model.finding import Severity
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from tests.linting.made_findings import ANY_FILES, LOWEST, MISTAKEN, SUPPRESSED, alter, fix_level, lint_text
from tests.linting.samples import RUBRIC, edit_rubric


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
    bare = linted._replace(findings=tuple(each._replace(help=None) for each in linted.findings))
    shown = text.render([bare], summary=False)
    assert "help" not in shown
    assert "Found" not in shown
    assert text.render([lint_text(RUBRIC)], summary=False) == ""


@pytest.mark.parametrize(("safe", "option"), [(True, "--fix"), (False, "--fix --unsafe-fixes")])
def test_text_says_what_a_fix_would_do_and_how_to_have_it(option: str, *, safe: bool) -> None:
    shown = text.render([fix_level(safe=safe)])
    assert shown.splitlines()[-3] == f"  = fix: write `proficient` ({option})"
    assert shown.splitlines()[-1] == (
        f"Found 1 error in 1 file. 1 can be fixed with {option}. Why it matters: microcred rule unknown-level"
    )


def test_text_counts_fixes() -> None:
    files = [fix_level(safe=safe, file=f"{number}.yaml") for number, safe in enumerate([True, False, True])]
    assert (
        text.render(files)
        .splitlines()[-1]
        .startswith(
            "Found 3 errors in 3 files. 2 can be fixed with --fix (1 more with --unsafe-fixes). Why it"
        )
    )
    suppressed = alter(fix_level(safe=True), suppressed="")
    assert text.render([suppressed]) == "Nothing found in 1 file (1 suppressed)."


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
    spread = linted.findings[0]._replace(
        end=linted.findings[0].start._replace(line=linted.findings[0].start.line + 1)
    )
    shown = text.render([linted._replace(findings=(spread,))])
    assert '    summary: "two' in shown
    assert "^" * len('summary: "two') in shown
    assert "col=" not in github.render([linted._replace(findings=(spread,))])


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


def test_concise_marks_what_a_safe_fix_would_mend() -> None:
    shown = concise.render([fix_level(safe=True), fix_level(safe=False), lint_text(MISTAKEN)])
    assert [line.endswith("`profficient` [*]") for line in shown.splitlines()] == [True, False, False]


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
        "fix": None,
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
    return alter(lint_text(MISTAKEN), **changes)


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
    assert lines[-1].startswith("Found 1 error, 1 warning and 1 note")
    assert github.render([lint_text(RUBRIC)], summary=False) == ""


def test_no_format_lets_a_file_steer_the_terminal() -> None:
    fix = Fix("\u202e\r\n::error::", (Edit(Span(0, 1), "\x1b[2J"),))
    linted = make_finding(file="a\x1b[2J.yaml", message="\u202e\x1b[31m", help="\r\n::error::", fix=fix)
    renderers = (
        text.render,
        concise.render,
        github.render,
        github.render_summary,
        json_format.render,
        statistics.render,
    )
    for render in renderers:
        shown = render([linted])
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "\r" not in shown
        assert "\n::error::" not in shown


def list_commands(log: str) -> list[tuple[str, str]]:
    """Return the commands and what they say, as a runner reads a log: src/Runner.Common/ActionCommand.cs."""
    known = {"error", "warning", "notice", "stop-commands", "add-mask", "set-output"}
    commands = []
    token: str | None = None
    for line in log.split("\n"):
        match = re.match(r"\s*::([^ :]+)(?: .*?)?::(.*)", line) or re.search(
            r"##\[([^ \]]+)[^\]]*\](.*)", line
        )
        if match is None:
            continue
        if token is not None:
            token = None if match[1] == token else token
        elif match[1] == "stop-commands":
            token = match[2]
        elif match[1] in known:
            commands.append((match[1], match[2]))
    assert token is None
    return commands


@pytest.mark.parametrize(
    "name",
    ["::add-mask::x.yaml", " ::set-output name=a::x", "a ##[set-output name=b]c.yaml", "a\n::error::b"],
)
def test_the_log_holds_no_command_that_a_file_gave(name: str) -> None:
    shown = github.render([make_finding(file=name)])
    assert [command for command, _ in list_commands(shown)] == ["error"]


def test_a_quoted_line_gives_no_command_either_and_cannot_end_the_truce() -> None:
    line = "shown_at: profficient # ##[add-mask]a ##[microcred-0] ##[microcred-1]"
    shown = github.render([lint_text(edit_rubric("shown_at: proficient", line))])
    assert line in shown
    assert [command for command, _ in list_commands(shown)] == ["error"]
    assert shown.splitlines()[1] == "::stop-commands::microcred-2"


def test_an_ordinary_log_is_not_cluttered() -> None:
    assert "stop-commands" not in github.render([lint_text(MISTAKEN)])


@settings(max_examples=30, deadline=None)
@given(ANY_FILES)
def test_whatever_was_found_github_gets_one_annotation_each(files: list[LintedFile]) -> None:
    findings = [each for file in files for each in file.findings if each.counts]
    commands = list_commands(github.render(files))
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    assert sorted(command for command, _ in commands) == sorted(names[each.severity] for each in findings)
    for _, message in commands:
        assert re.fullmatch(r"(?:[^%]|%25|%0A|%0D)*", message)


def list_rows(page: str) -> list[list[str]]:
    """Return the cells of the table in a page."""
    rows = [line for line in page.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_the_summary_is_a_table_worst_first() -> None:
    page = github.render_summary([lint_text(LOWEST, "a.yaml"), lint_text(MISTAKEN, "b.yaml")])
    assert page.startswith(
        "### microcred lint\n\nFound 1 error and 1 warning in 2 files.\n\n| Severity | Place"
    )
    rows = list_rows(page)
    assert [row[:3] for row in rows] == [
        ["error", "<code>b&#46;yaml&#58;9&#58;11</code>", "MC201 unknown-level"],
        ["warning", "<code>a&#46;yaml&#58;9&#58;11</code>", "MC305 shown-at-lowest"],
    ]
    assert rows[0][3] == (
        "there is no level <code>profficient</code><br>did you mean <code>proficient</code>&#63;"
    )


def test_the_summary_of_a_clean_run_is_a_line() -> None:
    assert github.render_summary([lint_text(SUPPRESSED)]) == (
        "### microcred lint\n\nNothing found in 1 file (1 suppressed).\n"
    )


def test_the_summary_has_fifty_rows_and_says_how_many_more() -> None:
    page = github.render_summary([make_finding(file=f"{number}.yaml") for number in range(53)])
    assert len(list_rows(page)) == 50
    assert "3 more" in page.splitlines()[-1]
    page = github.render_summary([make_finding(file=f"{number}.yaml") for number in range(50)])
    assert len(list_rows(page)) == 50
    assert "more" not in page


def test_nothing_in_the_summary_is_markup_that_a_file_gave() -> None:
    hostile = "a|b `c` <img src=x> [x](http://y) @me *z* \\| \n| d `"
    page = github.render_summary([make_finding(file=hostile, message=hostile, help=hostile)])
    (row,) = list_rows(page)
    assert len(row) == 4
    for cell in row:
        bare = re.sub(r"</?code>|<br>|&#\d+;", "", cell)
        assert not set(bare) & set("|`<>[]()@*\\:&#")
    assert html.unescape(row[1]) == f"<code>{hostile.replace(chr(10), chr(92) + 'n')}:9:11</code>"


def test_the_summary_stays_small() -> None:
    long = "<" * 100_000
    page = github.render_summary([make_finding(file=long, message=long, help=long)] * 60)
    assert len(page) < 1_000_000


@settings(max_examples=30, deadline=None)
@given(ANY_FILES)
def test_whatever_was_found_the_summary_is_a_table_of_four_columns(files: list[LintedFile]) -> None:
    findings = [each for file in files for each in file.findings if each.counts]
    page = github.render_summary(files)
    assert all(len(row) == 4 for row in list_rows(page))
    assert len(list_rows(page)) == len(findings)
    assert len(page.splitlines()) == (3 + bool(findings) * 3 + len(findings))


def test_statistics_list_the_most_frequent_rule_first() -> None:
    files = [
        lint_text(LOWEST, "a.yaml"),
        lint_text(MISTAKEN, "b.yaml"),
        fix_level(safe=False, file="c.yaml"),
        lint_text(SUPPRESSED),
        lint_text(edit_rubric("title: Teamwork", "titel: Teamwork"), "d.yaml"),
    ]
    assert statistics.render(files).splitlines() == [
        f"2  MC201  unknown-level    error    [u]  {load_rule('unknown-level').summary}",
        f"1  MC101  unknown-key      error         {load_rule('unknown-key').summary}",
        f"1  MC305  shown-at-lowest  warning       {load_rule('shown-at-lowest').summary}",
        "",
        (
            "Found 3 errors and 1 warning in 4 of 5 files (1 suppressed). "
            "Can be fixed: [*] by --fix, [u] with --unsafe-fixes too."
        ),
    ]


def test_statistics_of_nothing() -> None:
    assert statistics.render([lint_text(RUBRIC)]) == "Nothing found in 1 file."


def test_statistics_for_programs() -> None:
    files = [lint_text(MISTAKEN), fix_level(safe=True), fix_level(safe=False), lint_text(SUPPRESSED)]
    shown = statistics.render_json(files)
    assert shown.isascii()
    result = json.loads(shown)
    assert result["format"] == "microcred-lint-statistics/1"
    assert result["rules"] == [
        {
            "code": "MC201",
            "slug": "unknown-level",
            "severity": "error",
            "summary": load_rule("unknown-level").summary,
            "findings": 3,
            "fixable": 1,
            "fixable_unsafely": 1,
        }
    ]
    assert result["summary"] == json.loads(json_format.render(files))["summary"]


def test_in_a_terminal_every_line_fits() -> None:
    long = edit_rubric("title: Gives feedback", f"title: {'very ' * 40}long")
    faulty = long.replace("shown_at: proficient", "shown_at: profficient").replace(
        "at_least: 2", "at_leest: 2"
    )
    linted = lint_rubric("r.yaml", faulty.encode(), lambda _: True)
    wordy = linted.findings[0]._replace(help="word " * 60, span=linted.findings[0].span)
    for width in (60, 80, 120):
        shown = text.render([linted._replace(findings=(*linted.findings, wordy))], width=width)
        rows = [row for row in shown.splitlines() if not row.startswith("r.yaml:")]
        assert max(map(len, rows)) <= width
        assert "word word" in shown


def test_the_hint_is_about_the_worst_and_what_is_not_looked_at_yet_is_said() -> None:
    info = make_finding(severity=Severity.INFO, slug="too-many-levels")
    shown = text.render([info, lint_text(MISTAKEN)])
    assert shown.endswith("Why it matters: microcred rule unknown-level")
    assert "further on" not in shown
    broken = lint_text(edit_rubric("title: Teamwork", "titel: Teamwork"))
    assert "What is found further on shows once the structure has no errors." in text.render([broken])
