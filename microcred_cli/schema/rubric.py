"""The structure of a rubric file."""

from decimal import Decimal
from typing import Any

from microcred_cli.model.finding import Finding
from microcred_cli.model.rubric import (
    SOURCES,
    Compatibility,
    Criterion,
    EvidenceItem,
    Level,
    Rubric,
    SubCompetency,
)
from microcred_cli.schema.award import AWARD, AWARD_RULE, make_award
from microcred_cli.schema.badge import BADGE
from microcred_cli.schema.decide import METHOD_CHOICE
from microcred_cli.schema.forms import LANGUAGE, LEVEL_ID, POINTS, SLUG, TEXT, VERSION
from microcred_cli.schema.reading import REFUSED, Description, Reading
from microcred_cli.schema.shapes import Field, ListOf, MapOf, Record
from microcred_cli.schema.values import Choice, Number, Percentage, Text
from microcred_cli.texts.nodes import Document, Scalar

FORMAT = "microcred/1"
PRECISION = 2

LEVEL = Record(
    "the level",
    (
        Field(
            "id",
            SLUG,
            "The name by which the rest of the file speaks of the level.",
            required=True,
            example="beginning",
        ),
        Field("title", TEXT, "What people read.", required=True, example="Beginning"),
        Field("points", POINTS, "What the level stands for in numbers.", required=True, example="1"),
    ),
    Level,
)
CRITERION = Record(
    "the criterion",
    (
        Field(
            "id",
            SLUG,
            "A name for the criterion, unique in its sub-competency.",
            required=True,
            example="wears-goggles",
        ),
        Field("title", TEXT, "What to look at.", required=True, example="Wears goggles"),
        Field(
            "descriptors",
            MapOf(LEVEL_ID, TEXT, "a mapping from level to descriptor"),
            "What each level looks like, by level id.",
        ),
    ),
    Criterion,
)
EVIDENCE_ITEM = Record(
    "the evidence item",
    (
        Field("item", TEXT, "The assignment's name in the gradebook.", required=True, example="Lab 1"),
        Field("criterion", TEXT, "The criterion's text in exports that carry rubric criteria."),
        Field(
            "cuts",
            MapOf(LEVEL_ID, Percentage(), "a mapping from level to percentage", "proficient"),
            "From which share of the points possible each level is reached. "
            "Without it: share times the top level's points.",
        ),
        Field(
            "source",
            Choice(SOURCES, "unknown-source", "source"),
            "Who gives the evidence; scores that name another source do not count.",
        ),
        Field(
            "weight",
            Number(Decimal("0.001"), Decimal(1000)),
            "How much the item counts; only the method `average` looks at it.",
        ),
        Field(
            "grades",
            MapOf(TEXT, LEVEL_ID, "a mapping from words of the gradebook to levels", "Pass"),
            "What words such as `A` or `Pass` mean; the levels' titles and ids need no mention.",
        ),
    ),
    EvidenceItem,
)


SUBCOMPETENCY = Record(
    "the sub-competency",
    (
        Field("id", SLUG, "A name for it, unique in the rubric.", required=True, example="works-safely"),
        Field("title", TEXT, "What people read.", required=True, example="Works safely"),
        Field("criteria", ListOf(CRITERION, "a list of criteria"), "What to look at.", required=True),
        Field(
            "evidence",
            ListOf(EVIDENCE_ITEM, "a list of evidence items"),
            "The assignments whose scores count.",
            required=True,
        ),
        Field("decide", METHOD_CHOICE, "How the scores become one; the highest when left out."),
    ),
    SubCompetency,
)


def _make_rubric(**values: Any) -> Rubric:
    subcompetencies: tuple[SubCompetency, ...] = values["subcompetencies"]
    del values["format"]
    every = tuple(each.id for each in subcompetencies)
    values["award"] = make_award(values.get("award", "all"), every)
    return Rubric(**values)


RUBRIC = Record(
    "the rubric",
    (
        Field(
            "format",
            Text(r"microcred/1", f"the format `{FORMAT}`", "bad-format", FORMAT, 80),
            "The format of this file.",
            required=True,
            example=FORMAT,
        ),
        Field(
            "id",
            SLUG,
            "The rubric's name in files and badges; it never changes.",
            required=True,
            example="lab-safety",
        ),
        Field(
            "version",
            VERSION,
            "Three numbers (semver.org); in quotes or not.",
            required=True,
            example="1.0.0",
        ),
        Field("title", TEXT, "What people read.", required=True, example="Lab safety"),
        Field("summary", TEXT, "What the competency is, in a sentence or two."),
        Field("language", LANGUAGE, "The language the rubric is written in; `en` when left out."),
        Field("levels", ListOf(LEVEL, "a list of levels"), "Levels, lowest first.", required=True),
        Field(
            "shown_at",
            LEVEL_ID,
            "A sub-competency counts as shown from this level up.",
            required=True,
            example="proficient",
        ),
        Field(
            "precision",
            Number(Decimal(0), Decimal(4), whole=True),
            f"Decimals a score is rounded to before its level is read; {PRECISION} when left out.",
        ),
        Field(
            "subcompetencies",
            ListOf(SUBCOMPETENCY, "a list of sub-competencies"),
            "The parts that are decided on their own.",
            required=True,
        ),
        Field("award", AWARD, "What has to be shown to earn the badge; `all` when left out."),
        Field("badge", BADGE, "What the badge says beside the rubric."),
        Field(
            "compatibility",
            Choice(tuple(Compatibility), "unknown-policy", "compatibility", Compatibility),
            "Decide as this system does.",
        ),
    ),
    _make_rubric,
    is_root=True,
)


def read_rubric(document: Document) -> tuple[Rubric | None, tuple[Finding, ...]]:
    """Return the rubric that a document holds and what is wrong with its structure.

    The rubric is None when the structure has a fault or the document could not be read. References
    inside the rubric (to levels, to sub-competencies) are not looked at here.
    """
    reading = Reading(document)
    if document.root is None:
        if not document.findings:
            RUBRIC.read(Scalar("", 0, 0, plain=True), reading)
        return None, tuple(reading.findings)
    rubric = RUBRIC.read(document.root, reading)
    return (None if rubric is REFUSED else rubric), tuple(reading.findings)


def describe_rubric() -> Description:
    """Return the JSON Schema (draft 7) of a rubric file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "microcred rubric",
        **RUBRIC.describe(),
        "definitions": {"award-rule": AWARD_RULE.describe()},
    }
