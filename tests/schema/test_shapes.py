"""Shapes: what they read, and what they tell editors."""

from decimal import Decimal

import jsonschema
import pytest

from microcred_cli.model.award import AtLeast, Shown
from microcred_cli.model.method import Method
from microcred_cli.schema.project import describe_project, read_project
from microcred_cli.schema.reading import REFUSED, Reading
from microcred_cli.schema.rubric import AWARD_RULE, describe_rubric, read_rubric
from microcred_cli.texts.nodes import Node
from microcred_cli.texts.yaml_reader import read_yaml, read_yaml_text
from tests.linting.samples import PROJECT, RUBRIC, edit_rubric


def read_node(text: str) -> Node:
    root = read_yaml_text(text).root
    assert root is not None
    return root


def test_a_rubric_becomes_a_record() -> None:
    rubric, findings = read_rubric(read_yaml(RUBRIC.encode()))
    assert findings == ()
    assert rubric is not None
    assert rubric.level("developing").points == Decimal(2)
    listens = rubric.subcompetency("listens")
    assert (listens.decide.by, listens.decide.at_least) == (Method.AVERAGE, 2)
    assert listens.evidence[0].cuts == {"developing": Decimal(50), "proficient": Decimal(70)}
    assert rubric.award == AtLeast(2, (Shown("listens"), AtLeast(1, (Shown("gives-feedback"),))))
    assert rubric.badge is not None
    assert rubric.badge.expires_after == "3 years"


EVERY = (Shown("listens"), Shown("gives-feedback"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("all", AtLeast(2, EVERY)),
        ("any", AtLeast(1, EVERY)),
        ("{at_least: 2}", AtLeast(2, EVERY)),
        ("{at_least: 1, of: [listens]}", AtLeast(1, EVERY[:1])),
        ("{any: [listens, {at_least: 1}]}", AtLeast(1, (EVERY[0], AtLeast(1, EVERY)))),
    ],
)
def test_award_rules(written: str, meant: AtLeast) -> None:
    text = edit_rubric("{all: [listens, {any: [gives-feedback]}]}", written)
    rubric, findings = read_rubric(read_yaml(text.encode()))
    assert findings == ()
    assert rubric is not None
    assert rubric.award == meant


def test_what_is_left_out_is_filled_in() -> None:
    text = edit_rubric("{by: decaying-average, latest: 65%}", "{by: decaying-average}")
    rubric, _ = read_rubric(
        read_yaml(text.replace("award: {all: [listens, {any: [gives-feedback]}]}\n", "").encode())
    )
    assert rubric is not None
    assert rubric.subcompetency("gives-feedback").decide.latest == Decimal(65)
    assert rubric.award == AtLeast(2, EVERY)
    assert (rubric.language, rubric.precision) == ("en", 2)


def test_a_project_becomes_a_record() -> None:
    project, findings = read_project(read_yaml(PROJECT.encode()))
    assert findings == ()
    assert project is not None
    assert project.issuer.email == "badges@college.example"
    assert project.gradebook.usual_decimal == ","


def test_nothing_is_said_twice_of_a_file_that_cannot_be_read() -> None:
    for read in (read_rubric, read_project):
        assert read(read_yaml(b"\xff")) == (None, ())


def test_findings_are_bounded() -> None:
    text = "".join(f"key{number}: 1\n" for number in range(5000))
    rubric, findings = read_rubric(read_yaml_text(text))
    assert rubric is None
    assert len(findings) == 100


def test_an_award_rule_is_a_mapping() -> None:
    reading = Reading()
    assert AWARD_RULE.read(read_node("[a]"), reading) is REFUSED
    assert reading.findings[0].rule == "wrong-type"


def test_schemas_are_schemas() -> None:
    for schema in (describe_rubric(), describe_project()):
        jsonschema.Draft7Validator.check_schema(schema)
        assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    "output",
    [
        "out",
        "a/b",
        "a b",
        "..a",
        "a..",
        "a/..b/c",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "/a",
        "a:b",
        "a\\b",
        " a",
        "",
    ],
)
def test_the_pattern_of_paths_is_the_same_for_editors(output: str) -> None:
    text = PROJECT.replace("output: out", f"output: '{output}'")
    _, findings = read_project(read_yaml_text(text))
    pattern = describe_project()["properties"]["output"]["pattern"]
    validator = jsonschema.Draft7Validator({"pattern": pattern})
    assert validator.is_valid(output) == (findings == ())
