"""Shapes: what they read, and what they tell editors."""

import json
from decimal import Decimal

import jsonschema
import pytest

from microcred_cli.model.award import AtLeast, AwardRule, Held, Points, Shown
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import Attempts, Compatibility, Late, Lateness, MethodChoice, Needs
from microcred_cli.schema.award import AWARD_RULE
from microcred_cli.schema.project import describe_project, read_project
from microcred_cli.schema.reading import REFUSED, Reading
from microcred_cli.schema.rubric import describe_rubric, read_rubric
from microcred_cli.texts.nodes import Node
from microcred_cli.texts.yaml_reader import read_yaml, read_yaml_text
from tests.linting.samples import PROJECT, RICH, RUBRIC, edit_rubric


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
    assert (listens.decide.by, listens.decide.at_least) == (Method.AVERAGE, Needs(pieces=2))
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
        ("{held: reading}", Held("reading")),
        ("{all: [listens, {held: reading}]}", AtLeast(2, (EVERY[0], Held("reading")))),
        ("{points: 3, of: {listens: 3}}", Points(3, ((EVERY[0], 3),))),
        (
            "{points: 3, of: {listens: 2, gives-feedback: 1}, required: [listens]}",
            Points(3, ((EVERY[0], 2), (EVERY[1], 1)), EVERY[:1]),
        ),
        ("{all: [listens], source: employer}", AtLeast(1, (Shown("listens", "employer"),))),
        (
            "{at_least: 1, source: learner}",
            AtLeast(1, tuple(Shown(each.subcompetency, "learner") for each in EVERY)),
        ),
        (
            "{any: [listens, {all: [gives-feedback]}, {any: [listens], source: learner}], source: employer}",
            AtLeast(
                1,
                (
                    Shown("listens", "employer"),
                    AtLeast(1, (Shown("gives-feedback", "employer"),)),
                    AtLeast(1, (Shown("listens", "learner"),)),
                ),
            ),
        ),
        (
            "{all: [{points: 1, of: {listens: 1}}, {held: reading}], source: employer}",
            AtLeast(2, (Points(1, ((Shown("listens", "employer"), 1),)), Held("reading"))),
        ),
    ],
)
def test_award_rules(written: str, meant: AwardRule) -> None:
    text = edit_rubric("{all: [listens, {any: [gives-feedback]}]}", written)
    rubric, findings = read_rubric(read_yaml(text.encode()))
    assert findings == ()
    assert rubric is not None
    assert rubric.award == meant


def read_choice(written: str) -> MethodChoice:
    rubric, findings = read_rubric(read_yaml(edit_rubric("{by: average, at_least: 2}", written).encode()))
    assert findings == ()
    assert rubric is not None
    return rubric.subcompetency("listens").decide


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{by: median}", MethodChoice(Method.MEDIAN)),
        ("{by: drop-lowest}", MethodChoice(Method.DROP_LOWEST, n=1)),
        ("{by: drop-lowest, n: 2}", MethodChoice(Method.DROP_LOWEST, n=2)),
        ("{by: mean-of-highest, n: 3}", MethodChoice(Method.MEAN_OF_HIGHEST, n=3)),
        ("{by: latest, at_least: {}}", MethodChoice(Method.LATEST)),
        ("{by: latest, at_least: {items: 2}}", MethodChoice(Method.LATEST, at_least=Needs(items=2))),
        (
            "{by: latest, at_least: {pieces: 4, raters: 2, employer: 1}}",
            MethodChoice(Method.LATEST, at_least=Needs(4, raters=2, sources={"employer": 1})),
        ),
        ("{by: latest, within: 2 years}", MethodChoice(Method.LATEST, within="2 years")),
        ("{by: latest, late: count}", MethodChoice(Method.LATEST)),
        ("{by: latest, late: leave-out}", MethodChoice(Method.LATEST, late=Lateness(Late.LEAVE_OUT))),
        ("{by: latest, late: {at_most: seen}}", MethodChoice(Method.LATEST, late=Lateness(at_most="seen"))),
        ("{by: latest, attempts: best}", MethodChoice(Method.LATEST, attempts=Attempts.BEST)),
    ],
)
def test_methods_and_what_they_take(written: str, meant: MethodChoice) -> None:
    assert read_choice(written) == meant


def test_grades_and_compatibility() -> None:
    rubric, findings = read_rubric(read_yaml(RICH.encode()))
    assert findings == ()
    assert rubric is not None
    assert rubric.compatibility is Compatibility.CANVAS
    assert rubric.subcompetency("plans").evidence[0].grades == {
        "A": "proficient",
        "Pass": "developing",
        "Fail": "beginning",
    }


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
    assert project.gradebook.learner == ("SIS User ID",)


@pytest.mark.parametrize("learner", ["SID", ["SIS User ID", "SID"], [], [5], {"SID": "x"}, " "])
def test_editors_and_the_program_agree_on_columns_of_learners(learner: object) -> None:
    document = {"format": "microcred-project/1", "issuer": {"name": "X"}, "gradebook": {"learner": learner}}
    _, findings = read_project(read_yaml(json.dumps(document).encode()))
    assert jsonschema.Draft7Validator(describe_project()).is_valid(document) is (findings == ())


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
