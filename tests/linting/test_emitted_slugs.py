"""Whatever the readers report under is a rule of the catalog."""

import ast
from collections.abc import Iterator
from pathlib import Path

import microcred_cli
from microcred_cli.linting.catalog import CATALOG, Finder

PACKAGE = Path(microcred_cli.__file__).parent


def list_slugs(path: Path) -> Iterator[str]:
    """Yield the slugs that a module hands to a finding, or to a shape that reports under it."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        places = {"refuse": 0, "report": 0, "Finding": 0, "Explanation": 0, "Choice": 1, "Text": 2}
        place = places.get(name)
        if place is not None and place < len(call.args) and isinstance(call.args[place], ast.Constant):
            yield str(ast.literal_eval(call.args[place]))


def list_all(folder: str) -> set[str]:
    return {slug for path in (PACKAGE / folder).glob("*.py") for slug in list_slugs(path)}


def test_reader_emits_what_the_catalog_says() -> None:
    # csv_reader and the like have findings of their own kind.
    readers = (PACKAGE / "texts" / name for name in ("yaml_reader.py", "yaml_syntax.py"))
    emitted = {slug for path in readers for slug in list_slugs(path)}
    assert emitted == {entry.slug for entry in CATALOG if entry.finder is Finder.READER}


def test_schema_emits_what_the_catalog_says() -> None:
    assert list_all("schema") == {entry.slug for entry in CATALOG if entry.finder is Finder.SCHEMA}


def test_suppressions_emit_what_the_catalog_says() -> None:
    emitted = set(list_slugs(PACKAGE / "linting" / "suppressions.py"))
    assert emitted == {entry.slug for entry in CATALOG if entry.finder is Finder.COMMENTS}
