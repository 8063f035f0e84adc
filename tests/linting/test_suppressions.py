"""Comments that suppress findings."""

import sys
import time

import pytest

from microcred_cli.linting import catalog
from microcred_cli.linting.record import LintedFile
from tests.linting.samples import edit_rubric, lint_project_text, lint_text

# Coverage, which traces every line, takes several times as long.
SLOW = 2.0 if sys.gettrace() is None else 10.0
LOWEST = "shown_at: beginning"


def lint_lowest(by: str) -> LintedFile:
    return lint_text(edit_rubric("shown_at: proficient", by))


def list_counting(linted: LintedFile) -> list[str]:
    return [each.slug for each in linted.findings if each.counts]


def list_suppressed(linted: LintedFile) -> list[tuple[str, str | None]]:
    return [(each.slug, each.suppressed) for each in linted.findings if not each.counts]


@pytest.mark.parametrize(
    "text",
    [
        f"{LOWEST} # microcred: ignore[shown-at-lowest] met or not",
        f"{LOWEST}   #microcred:ignore [shown-at-lowest]   met or not  ",
        f"{LOWEST} # microcred: ignore[MC305] met or not",
        f"# microcred: ignore[shown-at-lowest] met or not\n{LOWEST}",
        f"# microcred: ignore[shown-at-lowest] met or not\n# another comment\n{LOWEST}",
        f"# microcred: ignore[shown-at-lowest] met or not\n\n{LOWEST}",
        f"# microcred: ignore[shown-at-lowest] met or not\n   \n# another comment\n\n{LOWEST}",
        f"{LOWEST}\n# microcred: ignore-file[shown-at-lowest] met or not",
    ],
)
def test_a_suppressed_finding_stays_a_finding(text: str) -> None:
    linted = lint_lowest(text)
    assert list_counting(linted) == []
    assert list_suppressed(linted) == [("shown-at-lowest", "met or not")]
    assert linted.rubric is not None


@pytest.mark.parametrize(
    "text",
    [
        f"{LOWEST}\n# microcred: ignore[shown-at-lowest] on the line below",
        f"# microcred: ignore[shown-at-lowest] too far above\nsummary: text\n{LOWEST}",
        f"{LOWEST}\nsummary: text # microcred: ignore[shown-at-lowest] another line",
    ],
)
def test_a_comment_elsewhere_does_nothing(text: str) -> None:
    assert list_counting(lint_lowest(text)) == ["shown-at-lowest", "unused-suppression"] or list_counting(
        lint_lowest(text)
    ) == ["unused-suppression", "shown-at-lowest"]


@pytest.mark.parametrize(
    "summary",
    [
        '"# microcred: ignore[shown-at-lowest] why"',
        "|\n  # microcred: ignore[shown-at-lowest] why\n  more",
        "'two\n  # microcred: ignore[shown-at-lowest] why'",
        "a#microcred: ignore[shown-at-lowest] why".replace(": ", ":"),
    ],
)
def test_text_is_no_comment(summary: str) -> None:
    linted = lint_lowest(f"{LOWEST}\nsummary: {summary}")
    assert list_counting(linted) == ["shown-at-lowest"]


@pytest.mark.parametrize(
    "text",
    [
        f"# {LOWEST} # microcred: ignore[shown-at-lowest] an old line\n{LOWEST}",
        f"# As in x: y   # microcred: ignore-file[shown-at-lowest] why\n{LOWEST}",
        f"{LOWEST}  # see # microcred: ignore[shown-at-lowest] why",
    ],
)
def test_what_stands_within_a_comment_is_none(text: str) -> None:
    assert list_counting(lint_lowest(text)) == ["shown-at-lowest"]


@pytest.mark.parametrize("lines", ["...\n{}\n", "... {}\n"])
def test_what_stands_behind_the_document_is_none(lines: str) -> None:
    comment = "# microcred: ignore-file[shown-at-lowest] why"
    text = edit_rubric("shown_at: proficient", LOWEST).rstrip("\n") + "\n" + lines.format(comment)
    assert list_counting(lint_text(text)) == ["shown-at-lowest"]


def test_what_stands_by_a_directive_is_none() -> None:
    text = edit_rubric("shown_at: proficient", LOWEST)
    directive = "%YAML 1.2 # microcred: ignore-file[shown-at-lowest] why\n---\n"
    assert list_counting(lint_text(directive + text)) == ["shown-at-lowest"]


def test_before_the_document_and_behind_a_text_with_a_sign_it_is_one() -> None:
    text = edit_rubric("shown_at: proficient", LOWEST)
    comment = "# microcred: ignore-file[shown-at-lowest] why\n"
    assert list_counting(lint_text(f"{comment}---\n{text}")) == []
    assert list_counting(lint_lowest(f'summary: "a # b" {comment}{LOWEST}')) == []
    assert list_counting(lint_lowest(f"summary: |\n  ...\n  # b\n{comment}{LOWEST}")) == []


@pytest.mark.parametrize("key", ["summary", "language"])
@pytest.mark.parametrize("verb", ["ignore", "ignore-file"])
def test_a_text_that_stands_there_a_second_time_is_no_comment(key: str, verb: str) -> None:
    second = f"{key}: |\n  text\n  # microcred: {verb}[alias]\n  # microcred: {verb}[shown-at-lowest]"
    linted = lint_lowest(f"{key}: en\n{second}\n{LOWEST}")
    assert "unused-suppression" not in {each.slug for each in linted.findings}
    assert [each.slug for each in linted.findings if each.slug == "duplicate-key"] == ["duplicate-key"]


def test_no_more_findings_about_comments_than_of_any_rule() -> None:
    names = ", ".join(["MC305"] * 20)
    text = f"# microcred: ignore[{names}]\n# microcred: ignore[nonsense] x\n" * 250
    found = list_counting(lint_text(text + edit_rubric("a", "a")))
    assert {slug: found.count(slug) for slug in found} == {
        "unused-suppression": 100,
        "unknown-suppression": 100,
        "suppression-without-reason": 100,
    }


def test_thousands_of_signs_in_a_text_take_no_time() -> None:
    line = "  " + "# " * 500 + "# microcred: ignore[MC305] x\n"
    start = time.process_time()
    lint_lowest(f"summary: |\n{line * 800}{LOWEST}")
    assert time.process_time() - start < SLOW


def test_the_first_line_of_a_block_may_have_a_comment() -> None:
    linted = lint_lowest(f"summary: | # microcred: ignore-file[shown-at-lowest] why\n  text\n{LOWEST}")
    assert list_suppressed(linted) == [("shown-at-lowest", "why")]


def test_several_rules_in_one_comment() -> None:
    text = edit_rubric("criterion: Usefulness", "criterion: Usefulness\n        weight: 2")
    text = text.replace("shown_at: proficient", LOWEST)
    linted = lint_text(f"# microcred: ignore-file[shown-at-lowest, weight-without-effect] both meant\n{text}")
    assert list_counting(linted) == []
    assert len(list_suppressed(linted)) == 2


def test_a_suppression_without_reason_holds_but_is_pointed_out() -> None:
    linted = lint_lowest(f"{LOWEST} # microcred: ignore[shown-at-lowest]")
    assert list_counting(linted) == ["suppression-without-reason"]
    assert list_suppressed(linted) == [("shown-at-lowest", "")]


def test_an_arguable_error_can_be_suppressed() -> None:
    linted = lint_text(
        edit_rubric("latest: 65%}", "latest: 35%} # microcred: ignore[MC303] early work counts")
    )
    assert list_suppressed(linted) == [("parameter-out-of-range", "early work counts")]
    assert linted.rubric is not None


@pytest.mark.parametrize(
    ("old", "new", "slug"),
    [
        ("shown_at: proficient", "shown_at: nowhere", "unknown-level"),
        ("version: 1.0.0", "version: one", "bad-version"),
        ("points: 3", "points: 1", "levels-not-ascending"),
        ("image: teamwork.svg", "image: other.svg", "missing-image"),
    ],
)
def test_what_would_decide_wrongly_cannot_be_suppressed(old: str, new: str, slug: str) -> None:
    text = f"# microcred: ignore-file[{slug}] please\n{edit_rubric(old, new)}"
    linted = lint_text(text)
    assert list_counting(linted) == [slug]
    assert "cannot be suppressed" in (linted.findings[0].help or "")
    assert linted.rubric is None


def test_findings_about_comments_cannot_be_suppressed() -> None:
    linted = lint_lowest("shown_at: proficient # microcred: ignore[unused-suppression, shown-at-lowest] why")
    assert list_counting(linted) == ["unused-suppression", "unused-suppression"]


def test_a_finding_between_two_comments_uses_both() -> None:
    linted = lint_lowest(f"# microcred: ignore[MC305] first\n{LOWEST} # microcred: ignore[MC305] second")
    assert list_counting(linted) == []


def test_comments_in_a_project_file() -> None:
    linted = lint_project_text(
        "format: microcred-project/1\nissuer: {name: no} # microcred: ignore[MC012] x\n"
    )
    assert [each.suppressed for each in linted.findings if each.slug == "ambiguous-scalar"] == ["x"]


def test_former_slugs_still_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalog.ALIASES, "lowest-is-enough", "shown-at-lowest")
    linted = lint_lowest(f"{LOWEST} # microcred: ignore[lowest-is-enough] met or not")
    assert list_suppressed(linted) == [("shown-at-lowest", "met or not")]


@pytest.mark.parametrize(
    "comment", ["# microcred: ignore[MC305] x\n", "# microcred ignore[MC305] x\n", "#\n\n"]
)
def test_thousands_of_comments_take_no_time(comment: str) -> None:
    text = "# microcred: ignore[MC305] x\n" + comment * 20_000
    start = time.process_time()
    assert lint_text(text + edit_rubric("shown_at: proficient", LOWEST)).rubric is not None
    assert time.process_time() - start < SLOW


@pytest.mark.parametrize(
    "comment",
    [
        "# microcred: ignore[shown-at-lwest] nothing to suppress",
        "# microcred: ignor[MC305] nothing to suppress",
        "# microcred ignore[MC305] nothing to suppress",
        "# microcred ignore the line above",
        "# microcred: ignor[MC305, nonsense] why",
        "# microcred: ignor[MC305]",
    ],
)
def test_no_fix_that_would_leave_a_finding_about_the_comment(comment: str) -> None:
    linted = lint_lowest(f"shown_at: proficient {comment}")
    assert list_counting(linted) == ["unknown-suppression"]
    assert linted.findings[0].fix is None


def test_a_refusal_is_a_sentence_of_its_own_behind_a_question() -> None:
    linted = lint_lowest("shown_at: proficien # microcred: ignore[unknown-level] why")
    assert (linted.findings[0].help or "").endswith(
        "`proficient`? This cannot be suppressed, because decisions would be wrong"
    )


def test_a_comment_at_the_very_end() -> None:
    assert list_counting(lint_text(edit_rubric("3 years\n", "3 years\n# microcred: ignore[MC305] x"))) == [
        "unused-suppression"
    ]
