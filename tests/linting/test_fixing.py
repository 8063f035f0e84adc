"""Fixes: what they mend is gone, nothing new has come, and every other byte is as it was."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microcred_cli.linting.catalog import CATALOG, Finder
from microcred_cli.linting.engine import lint_project, lint_rubric
from microcred_cli.linting.fixing import fix_file, list_fixable
from microcred_cli.linting.record import LintedFile, LintFinding
from tests.linting.damage import DAMAGES, STYLES, change_somewhere
from tests.linting.samples import PROJECT, RICH, RUBRIC, edit_rubric
from tests.linting.test_rules import lint_case, list_cases
from tests.shared import ROOT

CODES = frozenset(entry.code for entry in CATALOG)
TEAMWORK = (ROOT / "rubrics" / "soft-skills" / "teamwork.yaml").read_text(encoding="utf-8")
MARK = b"\xef\xbb\xbf"
# 10,000 files in all where there is time; each has one to three damages.
EXAMPLES = 2500 if settings().max_examples >= 500 else 40
BASES = {"rubric": RUBRIC, "rich": RICH, "teamwork": TEAMWORK, "project": PROJECT}
# Its fix moves lines, and with them the comments.
MOVING = {"levels-not-ascending"}
# What these mend may show what stands behind it; fix_file then leaves it as it is.
REVEALING = {"levels-not-ascending", "unknown-level", "unknown-subcompetency", "unknown-suppression"}
READERS = {entry.slug for entry in CATALOG if entry.finder is Finder.READER}

Lint = Callable[[bytes], LintedFile]


def lint(data: bytes) -> LintedFile:
    return lint_rubric("rubric.yaml", data, lambda image: image == "teamwork.svg")


def lint_as_project(data: bytes) -> LintedFile:
    return lint_project("microcred.yaml", data)


def fix(text: str, *, unsafe: bool = False, codes: frozenset[str] = CODES) -> str:
    return fix_file(text.encode(), lint, codes, unsafe=unsafe).after.decode()


def count(file: LintedFile) -> Counter[tuple[str, str]]:
    return Counter((each.slug, each.message) for each in file.findings)


def splice(data: bytes, finding: LintFinding) -> bytes:
    """Return the bytes with the edits of the fix, each put in by itself from the back to the front."""
    assert finding.fix is not None
    start = len(MARK) if data.startswith(MARK) else 0
    text = data[start:].decode()
    for edit in sorted(finding.fix.edits, key=lambda each: each.span.start, reverse=True):
        begin, end = (start + len(text[:offset].encode()) for offset in (edit.span.start, edit.span.end))
        data = data[:begin] + edit.replacement.encode() + data[end:]
    return data


def list_comments(data: bytes) -> list[str]:
    """Return the comments but for those to microcred, and without characters that are deleted everywhere.

    The texts these tests begin with have # in no value.
    """
    found = re.findall(r"#[^\r\n]*", re.sub("[\u202e\x07]", "", data.decode()))
    return [each.split("# microcred:")[0].rstrip() for each in found if not each.startswith("# microcred:")]


@st.composite
def make_damaged(draw: st.DrawFn, base: str) -> bytes:
    """Make a file of the base that is written in another way, and damaged in one to three places."""
    text = base
    data = draw(st.data())
    for _ in range(draw(st.integers(0, 4))):
        text = change_somewhere(text, STYLES, data)
    for _ in range(draw(st.integers(1, 3))):
        text = change_somewhere(text, DAMAGES, data)
    if draw(st.booleans()):
        text = re.sub("\r?\n", "\r\n", text)
    return (MARK if draw(st.booleans()) else b"") + text.encode()


def check_alone(data: bytes, before: LintedFile, finding: LintFinding, lint: Lint) -> None:
    """Assert that the fix alone mends the finding, and that nothing came that could have been seen."""
    after = lint(splice(data, finding))
    left, known = count(after), count(before)
    mended = (finding.slug, finding.message)
    assert left[mended] < known[mended], (finding, after.findings)
    came = left - known
    if not before.complete:
        # What its reader finds in a text, it finds whatever the structure is.
        came = Counter({key: number for key, number in came.items() if key[0] in READERS})
    if before.document.root is None or finding.slug in REVEALING:
        came.clear()
    assert not came, finding


def check_all(data: bytes, before: LintedFile, lint: Lint, *, unsafe: bool) -> None:
    """Assert what holds of all fixes together."""
    fixed = fix_file(data, lint, CODES, unsafe=unsafe)
    assert fix_file(fixed.after, lint, CODES, unsafe=unsafe).after == fixed.after
    assert not (before.complete and count(fixed.linted) - count(before))
    assert fixed.after.startswith(MARK) == data.startswith(MARK)
    if b"\r\n" in data:
        assert b"\n" not in fixed.after.replace(b"\r\n", b"")
    moved = any(each.slug in MOVING for each in fixed.mended)
    compare = sorted if moved else list
    assert compare(list_comments(fixed.after)) == compare(list_comments(data))
    if before.rubric is not None and not unsafe:
        assert fixed.linted.rubric == before.rubric
    if before.project is not None and not unsafe:
        assert fixed.linted.project == before.project


@pytest.mark.parametrize("base", BASES)
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_damaged_files(base: str, data: st.DataObject) -> None:
    damaged = data.draw(make_damaged(BASES[base]))
    check = lint_as_project if base == "project" else lint
    before = check(damaged)
    fixable = list_fixable(before, unsafe=True)
    for finding in fixable[:6]:
        check_alone(damaged, before, finding, check)
    for unsafe in (False, True):
        check_all(damaged, before, check, unsafe=unsafe)


def test_only_what_is_safe_unless_told_otherwise() -> None:
    text = edit_rubric("source: instructor", "Source: instuctor")
    assert fix(text) == edit_rubric("source: instructor", "source: instuctor")
    assert fix(text, unsafe=True) == RUBRIC


def test_fixes_that_touch_each_other_take_turns() -> None:
    award = "award: {all: [listens, gives-feedback]}"
    text = edit_rubric("award: {all: [listens, {any: [gives-feedback]}]}", award)
    doubled = text.replace(award, "award: {all: [listens, listens, gives-feedback, listens, listens]}")
    assert fix(doubled) == text


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("source: instructor", "sourc: instructor\n        sourc: instructor", "sourc: instructor"),
        ("criterion: Usefulness", "weight: 2\n        weight: 2", "weight: 2"),
        ("{developing: 50%", "{Developing: 50%, Developing: 50%", "{Developing: 50%"),
    ],
)
def test_a_key_that_stands_there_twice_does_so_no_longer_before_it_is_mended(
    old: str, new: str, after: str
) -> None:
    text = edit_rubric(old, new)
    doubled = lint(text.encode())
    assert [each.slug for each in list_fixable(doubled, unsafe=True)] == ["duplicate-key"]
    assert fix(text, codes=frozenset({"MC003"})) == edit_rubric(old, after)
    assert fix(text, unsafe=True) == fix(edit_rubric(old, after), unsafe=True)


def test_what_a_fix_brings_to_light_is_fixed_too() -> None:
    text = edit_rubric(
        "award: {all: [listens, {any: [gives-feedback]}]}", "award: {All: [Listens, gives_feedback]}"
    )
    assert "award: {all: [listens, gives-feedback]}" in fix(text)


def test_mark_and_line_ends_are_kept() -> None:
    damaged = edit_rubric("title: Teamwork\n", "Title: Teamwork # microcred: ignore[MC305]\n")
    data = MARK + damaged.replace("\n", "\r\n").encode()
    fixed = fix_file(data, lint, CODES, unsafe=False)
    assert fixed.after == MARK + RUBRIC.replace("\n", "\r\n").encode()
    assert [each.slug for each in fixed.mended] == ["unknown-key", "unused-suppression"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # One cut would have no effect.
        ("beginning, title: Beginning, points: 1", "beginning, title: Beginning, points: 2.5"),
    ],
)
def test_a_fix_that_would_bring_another_finding_is_left_out(old: str, new: str) -> None:
    text = edit_rubric(old, new)
    assert list_fixable(lint(text.encode()), unsafe=True)
    assert fix(text, unsafe=True) == text


def test_only_the_rules_that_are_asked_for() -> None:
    text = edit_rubric("title: Listens", "title: no # microcred: ignore[MC305]")
    assert fix(text, codes=frozenset({"MC902"})) == edit_rubric("title: Listens", "title: no")
    assert fix(text, codes=frozenset()) == text


def test_what_is_suppressed_is_left_alone() -> None:
    text = edit_rubric("title: Listens", "title: no # microcred: ignore[ambiguous-scalar] a word of its own")
    assert fix(text) == text


def test_a_suppression_is_not_unused_where_nobody_could_look() -> None:
    damaged = edit_rubric("shown_at: proficient", "shown_at: beginning # microcred: ignore[MC305] why")
    damaged = damaged.replace("title: Listens", "titel: Listens")
    assert [each.slug for each in lint(damaged.encode()).findings] == ["unknown-key"]


@pytest.mark.parametrize(
    "text",
    [
        "on: push\nname: checks\n",
        "id: teamwork\nversion: 1.0.0\ntitle: Teamwork\n",
        RUBRIC.replace("format: microcred/1", "fromat: microcred/1").replace("id: teamwork", "id: Team"),
    ],
)
def test_no_format_is_put_into_what_may_be_something_else(text: str) -> None:
    assert "\nformat: " not in f"\n{fix(text)}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("source: instructor", "source: instructor\n        Source: learner"),
        ("source: instructor", "Source: instructor\n        SOURCE: learner"),
        ("source: instructor", "sourc: instructor\n        soure: learner"),
        ("{developing: 50%", "{Developing: 40%, developing: 50%"),
        ("{developing: 50%", "{developping: 40%, developing: 50%"),
        ("[gives-feedback]", "[gives-feedback, Gives feedback]"),
        ("- id: gives-feedback", "- id: Listens"),
        ("id: beginning,", "id: Developing,"),
        ("{by: average, at_least", "{By: average, BY: highest, at_least"),
        (
            "shown_at: proficient",
            "shown_at: proficient # microcred: ignore[MC305, Shown_at_lowest, shown-at-lowest] why",
        ),
    ],
)
def test_no_name_is_written_a_second_time(old: str, new: str) -> None:
    findings = lint(edit_rubric(old, new).encode()).findings
    assert findings
    assert [
        each.fix for each in findings if each.slug.startswith(("unknown-k", "unknown-l", "bad-", "missing"))
    ] in (
        [None],
        [None] * 2,
        [],
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Listens", "title: [a]"),
        ("title: Listens", "title: 012"),  # 12 for a number, "012" for a text: the finding of the type knows
        ("points: 3", "points: 03"),
        ("version: 1.0.0", "version: next"),
        ("version: 1.0.0", "version: 1.01"),
        ("65%", "1"),
        ("65%", "165"),
        ("3 years", "6 m"),
        ("3 years", "some years"),
        ("source: instructor", "source: |\n          Instructor"),
        ("points: 3", "points: three"),
        ("points: 3", "points: true"),
        ("points: 3", "points: [3]"),
        ("65%", "[65%]"),
        ("- item: Review\n", "- item: Review\n        grades: {A: proficient, a: developing}\n"),
        ("points: 3", 'points: !!int "3"'),
        ("points: 3", "points: !!int 3.5"),
        (
            "{developing: 50%, proficient: 70%}",
            "\n          developing: |-\n            80%\n          proficient: 70%",
        ),
        ("tags: [teamwork]", "tags: [teamwork]\n  tags: [team]"),
        ("points: 3", 'points: "30000"'),
        ("title: Listens", "title: ~"),
        ("title: Listens", 'title: "a\\x07"'),
        ("format: microcred/1", "format: microcred/2"),
        ("results: levels", "results: results"),
        ("title: Listens", "title: !thing Listens"),
        ("title: Listens", "title: !!str &a Listens"),
        ("points: 3", "points: !!bool 3"),
        ("title: Listens", "title: !!timestamp 2026-01-31"),
        ("shown_at: proficient", "shown_at: proficient\nshown_at: developing"),
        ("shown_at: proficient", "shown_at: proficient\nshown_at: [proficient]"),
        ("proficient: 70%", "proficient: 50%"),
        ("points: 3", "points: 2"),
        ("[gives-feedback]", "[gives-feedback], at_least: 1"),
        ("{developing: 50%, proficient: 70%}", "{developing: 50%, proficient: 70%, 5, 5}"),
        ("shown_at: proficient", "shown_at: 2"),
        ("by: average", "by: medium"),
        ("{any: [gives-feedback]}", "{at_least: 1, of: [gives-feedback, gives-feedback]}"),
    ],
)
def test_where_nobody_can_know_nothing_is_fixed(old: str, new: str) -> None:
    base, check = (PROJECT, lint_as_project) if old in PROJECT else (RUBRIC, lint)
    before = check(base.replace(old, new, 1).encode())
    assert before.findings
    known = {"wrong-type"} if "012" in new else set()
    assert {each.slug for each in list_fixable(before, unsafe=True)} == known


@pytest.mark.parametrize("value", ["!!bool true", "!!float 2.5", "!!float 2", "!!int 2"])
def test_a_tag_that_says_what_is_there_anyway_is_deleted(value: str) -> None:
    text = edit_rubric("title: Listens", f"title: {value}")
    assert fix(text, codes=frozenset({"MC006"})) == text.replace(value, value.split()[1])


def test_a_text_that_looks_like_a_number_keeps_its_zeros() -> None:
    text = edit_rubric("title: Listens", "title: 012")
    assert fix(text, unsafe=True) == edit_rubric("title: Listens", 'title: "012"')


def test_a_file_full_of_control_characters_is_left_alone() -> None:
    text = edit_rubric("title: Listens", "title: " + "a\x00" * 60)
    assert fix(text, unsafe=True) == text


def test_what_can_be_fixed_has_cases_of_that() -> None:
    """The list of what can be fixed in the documentation is made of the cases."""
    cases = [(case.values[0], case.values[1]) for case in list_cases("fail")]
    shown = Counter(slug for slug, case in cases if "fix" in case)
    fixable = {each.slug for _, case in cases for each in list_fixable(lint_case(case), unsafe=True)}
    assert fixable == set(shown)
    assert {slug for slug, number in shown.items() if number < 2} == set()


def test_more_findings_than_are_listed_are_fixed_all() -> None:
    more = "".join(f"      - {{item: Review {number}, source: Instructor}}\n" for number in range(150))
    text = RUBRIC.replace("      - item: Review\n", f"{more}      - item: Review\n", 1)
    assert fix(text) == text.replace("Instructor", "instructor")


def test_a_repeat_of_the_reader_s_own_findings_is_no_fix() -> None:
    """A fix that makes a second key of a name is not kept, though the structure had a fault before."""
    text = RUBRIC.replace("shown_at: proficient", "shown_at: proficient\nShown_At: proficient")
    assert fix(text, unsafe=True) == text


def test_one_fix_that_cannot_be_holds_up_no_other() -> None:
    """Among many fixes one is refused again and again; the others are all applied at once."""
    good = "".join(f"      - {{item: Review {number}, source: Instructor}}\n" for number in range(40))
    text = RUBRIC.replace("      - item: Review\n", f"{good}      - item: Review\n", 1)
    bad = text.replace("shown_at: proficient", "shown_at: proficient\nShown_At: proficient")
    fixed = fix(bad, unsafe=True)
    assert "Instructor" not in fixed
    assert fix(fixed, unsafe=True) == fixed
