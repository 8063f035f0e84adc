"""Every rule: its documentation, and the cases in ``cases/<slug>.yaml``."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from microcred_cli.linting import rules
from microcred_cli.linting.catalog import CATALOG, Finder, load_documentation, load_rule
from microcred_cli.linting.engine import compare_files, lint_project, lint_rubric
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.finding import Severity
from microcred_cli.model.fix import Fix
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.edits import apply_edits
from tests.linting.samples import HERE, PROJECT, RUBRIC

CASES = HERE / "cases"
SECTIONS = ("## What it is", "## Why it matters", "## A bad example", "## A good example")
SLUGS = [entry.slug for entry in CATALOG]
FINDERS = {entry.slug: entry.finder for entry in CATALOG}


def make_text(case: dict[str, Any]) -> str:
    text: str = case.get("text", PROJECT if case.get("project") else RUBRIC)
    if "replace" in case:
        assert case["replace"] in text, case
        text = text.replace(case["replace"], case["by"], 1)
    return text * int(case.get("times", 1))


def lint_case(case: dict[str, Any]) -> LintedFile:
    data = make_text(case).encode(case.get("encoding", "utf-8"))
    if case.get("project"):
        return lint_project("microcred.yaml", data, lambda path: path == "rubrics")
    picture = case["picture"].encode("latin-1") if "picture" in case else None
    read_image = None if picture is None else lambda _: picture
    linted = lint_rubric("rubric.yaml", data, lambda image: image == "teamwork.svg", read_image)
    if "beside" in case:
        beside = lint_rubric("beside.yaml", make_text(case["beside"]).encode(), lambda _: True)
        linted, _ = compare_files([linted, beside])
    return linted


def list_cases(kind: str) -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}-{number}")
        for path in sorted(CASES.glob("*.yaml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))[kind])
    ]


@pytest.mark.parametrize(("slug", "case"), list_cases("pass"))
def test_passes(slug: str, case: dict[str, Any]) -> None:
    assert [each for each in lint_case(case).findings if each.slug == slug and each.counts] == []


@pytest.mark.parametrize(
    ("slug", "case"),
    [
        case
        for case in list_cases("pass")
        if FINDERS[case.values[0]] in {Finder.CHECK, Finder.ADVICE, Finder.COMPARISON}
    ],
)
def test_what_passes_a_check_was_looked_at(slug: str, case: dict[str, Any]) -> None:
    document = lint_case(case).document
    assert document.root is not None, slug
    _, structural = read_rubric(document)
    assert structural == (), slug


@pytest.mark.parametrize(("slug", "case"), list_cases("fail"))
def test_fails(slug: str, case: dict[str, Any]) -> None:
    linted = lint_case(case)
    text = linted.document.text
    found = [
        (each.message, text[each.span.start : each.span.end], each.help or "")
        for each in linted.findings
        if each.slug == slug
    ]
    assert any(
        case["message"] in message and case["span"] == covered and case.get("help", "") in advice
        for message, covered, advice in found
    ), linted.findings
    if "fix" in case:
        fixes = [
            each.fix for each in linted.findings if each.slug == slug and case["message"] in each.message
        ]
        check_fix(case, text, fixes[0])
    if load_rule(slug).severity is Severity.ERROR:
        assert linted.rubric is None
        assert linted.project is None
    else:
        assert linted.rubric is not None or linted.project is not None


def check_fix(case: dict[str, Any], text: str, fix: Fix | None) -> None:
    """Assert that the fix makes of what the case put in what it says, and touches nothing else."""
    assert fix is not None
    assert fix.safe == case["safe"]
    assert apply_edits(text, fix.edits) == make_text({**case, "by": case["fix"]})
    mended = lint_case({**case, "by": case["fix"]})
    assert not any(case["message"] in each.message for each in mended.findings)


@pytest.mark.parametrize("slug", SLUGS)
def test_is_documented_and_has_cases(slug: str) -> None:
    documentation = load_documentation(slug)
    headings = tuple(line for line in documentation.splitlines() if line.startswith("## "))
    assert headings == SECTIONS
    assert documentation.splitlines()[0].endswith(".")
    assert all(len(line) <= 110 for line in documentation.splitlines())
    cases = yaml.safe_load((CASES / f"{slug}.yaml").read_text(encoding="utf-8"))
    assert cases["pass"]
    assert cases["fail"]


def test_shared_texts_are_clean() -> None:
    assert lint_case({}).findings == ()
    assert lint_case({"project": True}).findings == ()


def test_catalog_and_folders_agree() -> None:
    assert rules.__file__ is not None
    modules = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert modules == {slug.replace("-", "_") for slug in SLUGS}
    assert {path.stem for path in CASES.glob("*.yaml")} == set(SLUGS)


@pytest.mark.parametrize("entry", CATALOG, ids=SLUGS)
def test_catalog_and_rule_agree(entry: Any) -> None:
    from importlib import import_module  # noqa: PLC0415 - only here

    rule = load_rule(entry.slug)
    module = import_module(f"microcred_cli.linting.rules.{entry.slug.replace('-', '_')}")
    assert (rule.code, rule.slug) == (entry.code, entry.slug)
    assert rule.summary.endswith(".")
    assert hasattr(module, "check") == (entry.finder in {Finder.CHECK, Finder.ADVICE, Finder.PROJECT})
    if entry.finder is Finder.ADVICE:
        assert rule.severity is not Severity.ERROR
    assert hasattr(module, "compare") == (entry.finder is Finder.COMPARISON)


def test_no_code_or_slug_stands_twice() -> None:
    assert len({entry.code for entry in CATALOG}) == len(CATALOG)
    assert len(set(SLUGS)) == len(CATALOG)


@pytest.mark.parametrize(
    "entry", [entry for entry in CATALOG if entry.code < "MC3"], ids=lambda each: each.slug
)
def test_errors_of_the_first_families_cannot_be_suppressed(entry: Any) -> None:
    rule = load_rule(entry.slug)
    assert rule.suppressible == (rule.severity is not Severity.ERROR)


def test_what_is_about_suppressions_cannot_be_suppressed() -> None:
    assert not any(load_rule(entry.slug).suppressible for entry in CATALOG if entry.finder is Finder.COMMENTS)
