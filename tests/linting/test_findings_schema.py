"""The published schema of `lint --format json`, and that the format keeps to it."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from microcred_cli.linting.formats import json as json_format
from microcred_cli.linting.formats.json import describe_findings
from microcred_cli.linting.record import LintedFile
from tests.linting.made_findings import ANY_FILES, CLEAN, MISTAKEN, SUPPRESSED, fix_level, lint_text

SCHEMA = describe_findings()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def render(*files: LintedFile) -> dict[str, Any]:
    result = json.loads(json_format.render(files))
    assert isinstance(result, dict)
    return result


def list_objects(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object in a value."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from list_objects(each)
    elif isinstance(value, list):
        for each in value:
            yield from list_objects(each)


def describe_keys() -> set[frozenset[str]]:
    """Return the sets of keys that the schema describes."""
    described = [SCHEMA, *SCHEMA["definitions"].values()]
    return {frozenset(each["properties"]) for each in described}


def test_it_is_a_schema_of_draft_7_with_every_key_explained() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    for described in (SCHEMA, *SCHEMA["definitions"].values()):
        assert described["description"]
        for told in described["properties"].values():
            assert "$ref" in told or told["description"].endswith(".")


def test_what_is_printed_keeps_to_it_and_has_no_other_keys() -> None:
    result = render(lint_text(MISTAKEN), fix_level(safe=True), lint_text(SUPPRESSED), lint_text(CLEAN))
    VALIDATOR.validate(result)
    assert {frozenset(each) for each in list_objects(result)} == describe_keys()


def test_a_fix_is_told_with_its_edits() -> None:
    assert render(fix_level(safe=True))["findings"][0]["fix"] == {
        "title": "write `proficient`",
        "safe": True,
        "edits": [
            {
                "start": {"line": 9, "column": 11},
                "end": {"line": 9, "column": 22},
                "replacement": "proficient",
            }
        ],
    }
    assert render(fix_level(safe=False))["findings"][0]["fix"]["safe"] is False
    assert render(lint_text(MISTAKEN))["findings"][0]["fix"] is None


@pytest.mark.parametrize("broken", [{}, 1.5, [None]])
def test_it_refuses_what_is_missing_or_of_another_kind(broken: object) -> None:
    whole = json.dumps(render(fix_level(safe=True)))
    for number, original in enumerate(list_objects(json.loads(whole))):
        for key in original:
            result = json.loads(whole)
            del list(list_objects(result))[number][key]
            assert not VALIDATOR.is_valid(result), key
            result = json.loads(whole)
            list(list_objects(result))[number][key] = broken
            assert not VALIDATOR.is_valid(result), key


def test_it_refuses_places_and_numbers_that_cannot_be() -> None:
    whole = render(lint_text(MISTAKEN))
    whole["findings"][0]["start"]["line"] = 0
    assert not VALIDATOR.is_valid(whole)
    whole = render(lint_text(MISTAKEN))
    whole["summary"]["files"] = -1
    assert not VALIDATOR.is_valid(whole)


@settings(max_examples=30, deadline=None)
@given(ANY_FILES)
def test_whatever_was_found_it_keeps_to_the_schema(files: list[LintedFile]) -> None:
    result = render(*files)
    VALIDATOR.validate(result)
    assert {frozenset(each) for each in list_objects(result)} <= describe_keys()
