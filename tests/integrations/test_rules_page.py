"""docs/rules.md says what the rules say."""

import re

import pytest

from microcred_cli.linting.catalog import CATALOG, load_documentation, load_rule
from tests.shared import ROOT
from tools.write_rules import FAMILIES, PAGE, write_page

TEXT = write_page()


def test_the_page_is_up_to_date() -> None:
    assert PAGE == ROOT / "docs" / "rules.md"
    assert PAGE.read_text(encoding="utf-8") == TEXT, "a rule has changed: run make docs"


def test_every_rule_is_in_the_table_and_has_a_page() -> None:
    for entry in CATALOG:
        anchor = f"{entry.code.lower()}-{entry.slug}"
        assert (
            TEXT.count(f"| {entry.code} | [{entry.slug}](#{anchor}) | {load_rule(entry.slug).severity} | ")
            == 1
        )
        assert TEXT.count(f"\n### {entry.code} {entry.slug}\n") == 1


@pytest.mark.parametrize("slug", [entry.slug for entry in CATALOG])
def test_a_rule_says_all_that_a_page_needs(slug: str) -> None:
    _, *sections = re.split(r"^## ", load_documentation(slug), flags=re.MULTILINE)
    bodies = dict(section.split("\n", maxsplit=1) for section in sections)
    assert set(bodies) == {"What it is", "Why it matters", "A bad example", "A good example"}
    assert all(body.strip() for body in bodies.values())


def test_families_are_those_of_the_codes() -> None:
    assert list(FAMILIES) == sorted({entry.code[:3] for entry in CATALOG})
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert headings == list(FAMILIES.values())


def test_snippets_are_not_taken_for_markup() -> None:
    """Outside of code, what looks like a tag would vanish from the page."""
    for line in TEXT.splitlines():
        if not line.startswith(("    ", "<!--")):
            assert not re.search(r"<\w", re.sub(r"`[^`]*`", "", line)), line
