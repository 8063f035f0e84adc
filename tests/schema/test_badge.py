"""The badge section of a rubric, and the European elements in it."""

import jsonschema
import pytest
import yaml

from microcred_cli.model.rubric import EuropeanElements
from microcred_cli.schema.rubric import describe_rubric, read_rubric
from microcred_cli.texts.yaml_reader import read_yaml_text
from tests.linting.samples import RICH, edit_rubric


def test_european_elements_become_a_record() -> None:
    rubric, findings = read_rubric(read_yaml_text(RICH))
    assert findings == ()
    assert rubric is not None
    assert rubric.badge is not None
    assert rubric.badge.european == EuropeanElements(
        countries=("NL", "BE-VLG"),
        workload="0.5 ECTS",
        level="QF-EHEA first cycle",
        assessment="Observation at the workplace",
        participation="on-site",
        quality_assurance="Accredited programme",
        prerequisites="A first year of study",
        supervision="Supervised, identity checked",
        stackability="Counts toward a minor",
    )


@pytest.mark.parametrize(
    ("old", "new", "is_sound"),
    [
        ("country: NL", "country: [NL]", True),
        ("country: NL", "country: no", False),
        ("country: NL", "country: NO", True),
        ("country: NL", "country: nl", False),
        ("country: NL", "country: []", False),
        ("country: NL", "country: BE-", False),
        ("2 ECTS", "0.25 ECTS", True),
        ("2 ECTS", "1 hour", True),
        ("2 ECTS", "1500 hours", True),
        ("2 ECTS", "0.0 ECTS", False),
        ("2 ECTS", "2ECTS", False),
        ("2 ECTS", "2 ects", False),
        ("EQF 5", "EQF 8", True),
        ("EQF 5", "EQF 0", False),
        ("EQF 5", "5", False),
        ("EQF 5", "QF-EHEA third cycle", True),
        ("EQF 5", "QF-EHEA fourth cycle", False),
        ("participation: blended", "participation: ''", False),
        ("participation: blended", "attendance: blended", False),
    ],
)
def test_forms_of_the_elements(*, old: str, new: str, is_sound: bool) -> None:
    text = edit_rubric(old, new)
    rubric, findings = read_rubric(read_yaml_text(text))
    assert (rubric is not None) is (findings == ()) is is_sound
    parsed = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - every scalar as text
    badge = describe_rubric()["properties"]["badge"]["properties"]["european"]
    european = parsed["badge"]["european"]
    assert jsonschema.Draft7Validator(badge).is_valid(european) is is_sound


def test_editors_are_told_of_the_forms() -> None:
    description = describe_rubric()["properties"]["badge"]["properties"]["european"]["properties"]
    assert description["workload"]["examples"] == ["2 ECTS"]
    assert description["level"]["examples"] == ["EQF 5"]
    assert "ISO 3166" in description["country"]["description"]
