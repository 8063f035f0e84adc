"""A rubric that is written reads back as it was, and looks as a person would write it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from microcred_cli.exchange.draft import Draft
from microcred_cli.exchange.rubric_tree import lay_out_rubric
from microcred_cli.exchange.rubric_writer import write_draft, write_rubric
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml_text
from microcred_cli.workflows.browse_rubrics import ShelvedRubric, list_rubrics
from tests.exchange.made_rubrics import ODD_TEXTS, RUBRICS
from tests.exchange.wide_rubrics import draw_tree, read_tree

SHELVED = list_rubrics()
LINES = """\
# yaml-language-server: $schema=../schema/rubric.schema.json
format: microcred/1
id: lab
version: 1.0.0
title: Lab

levels:                                   # lowest first
  - {id: low, title: Low, points: 1}
  - {id: high, title: High, points: 2.5}
shown_at: high                            # a guess

subcompetencies:
  - id: goggles
    title: Wears goggles
    criteria:
      - id: wears
        title: Wears them
        descriptors:
          low: |-
            Takes them along,
            and forgets them.
          high: Wears them.
    evidence:
      - item: Lab 1                       # which lab?
        cuts: {high: 60%}
    decide: {by: average, at_least: 2}

  - id: cleans
    title: "no"
    criteria:
      - id: cleans
        title: Cleans up
    evidence:
      - item: Lab 2

award: {any: [goggles, cleans]}
"""


def read_text(text: str) -> Rubric:
    document = read_yaml_text(text)
    rubric, findings = read_rubric(document)
    assert (*document.findings, *findings) == ()
    assert rubric is not None
    return rubric


@given(RUBRICS)
def test_any_rubric_reads_back(rubric: Rubric) -> None:
    assert read_text(write_rubric(lay_out_rubric(rubric))) == rubric


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tree=draw_tree())
def test_so_does_one_with_texts_that_no_keyboard_has(tree: dict[str, Any]) -> None:
    rubric = read_tree(tree)
    assume(rubric is not None)
    assert rubric is not None
    again, _ = read_rubric(read_yaml_text(write_rubric(lay_out_rubric(rubric))))
    assert again == rubric


@pytest.mark.parametrize("shelved", SHELVED, ids=[each.name for each in SHELVED])
def test_the_library_reads_back(shelved: ShelvedRubric) -> None:
    assert read_text(write_rubric(lay_out_rubric(shelved.rubric))) == shelved.rubric


def test_a_file_looks_as_a_person_would_write_it() -> None:
    tree = {
        "format": "microcred/1",
        "id": "lab",
        "version": "1.0.0",
        "title": "Lab",
        "levels": [
            {"id": "low", "title": "Low", "points": Decimal(1)},
            {"id": "high", "title": "High", "points": Decimal("2.50")},
        ],
        "shown_at": "high",
        "subcompetencies": [
            {
                "id": "goggles",
                "title": "Wears goggles",
                "criteria": [
                    {
                        "id": "wears",
                        "title": "Wears them",
                        "descriptors": {"low": "Takes them along,\nand forgets them.", "high": "Wears them."},
                    }
                ],
                "evidence": [{"item": "Lab 1", "cuts": {"high": "60%"}}],
                "decide": {"by": "average", "at_least": 2},
            },
            {
                "id": "cleans",
                "title": "no",
                "criteria": [{"id": "cleans", "title": "Cleans up"}],
                "evidence": [{"item": "Lab 2"}],
            },
        ],
        "award": {"any": ["goggles", "cleans"]},
    }
    remarks = {("shown_at",): "a guess", ("subcompetencies", 0, "evidence", 0, "item"): "which lab?"}
    assert write_draft(Draft(tree, remarks)) == LINES


LONG_TEXTS = (
    "long " * 60 + "end",
    "'" + "a  b " * 60 + "c",
    '"x" ' + "y   z: " * 50 + "#",
    "# " + "word " * 90 + "!",
    "ß " * 200 + "ß",
)


@pytest.mark.parametrize("text", [*ODD_TEXTS, *LONG_TEXTS, *(f"no: {each} " + "x" for each in LONG_TEXTS)])
def test_a_text_stays_what_it_is(text: str) -> None:
    rubric = SHELVED[0].rubric._replace(title=text, summary=text)
    assert read_text(write_rubric(lay_out_rubric(rubric))) == rubric
