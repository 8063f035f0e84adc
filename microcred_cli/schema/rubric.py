"""The structure of a rubric file."""

from decimal import Decimal
from typing import Any

from microcred_cli.model.award import AtLeast, AwardRule, Shown
from microcred_cli.model.finding import Finding
from microcred_cli.model.method import SPECIFICATIONS, Method, MethodSpecification
from microcred_cli.model.place import Span
from microcred_cli.model.rubric import (
    SOURCES,
    Alignment,
    BadgeDetails,
    Criterion,
    EvidenceItem,
    Level,
    MethodChoice,
    Rubric,
    SubCompetency,
)
from microcred_cli.schema.reading import REFUSED, Description, Reading, Shape
from microcred_cli.schema.shapes import ByKey, ByKind, Field, ListOf, MapOf, Record, Reference, Tagged
from microcred_cli.schema.values import Choice, Number, Percentage, Text
from microcred_cli.texts.nodes import Document

FORMAT = "microcred/1"
PRECISION = 2

TEXT = Text()
SLUG = Text(
    r"[a-z0-9]+(?:-[a-z0-9]+)*",
    "an id: lower-case letters, digits and single hyphens",
    "bad-id",
    "gives-feedback",
    80,
)
# https://semver.org, section "Is there a suggested regular expression"
VERSION = Text(
    r"(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)"
    r"(?:-(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
    r"(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?",
    "a version with three parts",
    "bad-version",
    "1.0.0",
    80,
)
# The subset of BCP 47 that Open Badges 3.0 accepts for inLanguage.
LANGUAGE = Text(
    r"[a-z]{2,4}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?",
    "a language tag",
    "bad-language",
    "en",
    20,
)
URL = Text(r"https?://[!-~]+", "a web address", "bad-url", "https://example.org/skills/teamwork", 2000)
DURATION = Text(r"[1-9][0-9]{0,2} (?:day|week|month|year)s?", "a duration", "bad-duration", "3 years", 20)
POINTS = Number(Decimal(0), Decimal(10000))
COUNT = Number(Decimal(1), Decimal(1000), whole=True)


AWARD_PART = ByKind("a sub-competency or a rule", SLUG, Reference("award-rule", lambda: AWARD_RULE))
AWARD_PARTS = ListOf(AWARD_PART, "a list of sub-competencies and rules")
AWARD_RULE: ByKey = ByKey(
    "the award rule",
    {
        "all": Record("the award rule", (Field("all", AWARD_PARTS, "Every one of these.", required=True),)),
        "any": Record(
            "the award rule", (Field("any", AWARD_PARTS, "One of these is enough.", required=True),)
        ),
        "at_least": Record(
            "the award rule",
            (
                Field("at_least", COUNT, "How many of them are needed.", required=True),
                Field("of", AWARD_PARTS, "Of these; without it, of all sub-competencies."),
            ),
        ),
    },
)
AWARD = ByKind(
    "`all`, `any` or a rule",
    Choice(("all", "any"), "unknown-award-rule", "award rule"),
    Reference("award-rule", lambda: AWARD_RULE),
)

LEVEL = Record(
    "the level",
    (
        Field("id", SLUG, "The name by which the rest of the file speaks of the level.", required=True),
        Field("title", TEXT, "What people read.", required=True),
        Field("points", POINTS, "What the level stands for in numbers.", required=True),
    ),
    Level,
)
CRITERION = Record(
    "the criterion",
    (
        Field("id", SLUG, "A name for the criterion, unique in its sub-competency.", required=True),
        Field("title", TEXT, "What to look at.", required=True),
        Field(
            "descriptors",
            MapOf(SLUG, TEXT, "a mapping from level to descriptor"),
            "What each level looks like, by level id.",
        ),
    ),
    Criterion,
)
EVIDENCE_ITEM = Record(
    "the evidence item",
    (
        Field("item", TEXT, "The assignment's name in the gradebook.", required=True),
        Field("criterion", TEXT, "The criterion's text in exports that carry rubric criteria."),
        Field(
            "cuts",
            MapOf(SLUG, Percentage(), "a mapping from level to percentage"),
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
    ),
    EvidenceItem,
)


def _describe_method(specification: MethodSpecification) -> Record:
    fields = [Field("by", TEXT, f"The method: {specification.summary}.", required=True)]
    for parameter in specification.parameters:
        shape: Shape = (
            Percentage()
            if parameter.percent
            else Number(Decimal(parameter.minimum), Decimal(parameter.maximum), whole=True)
        )
        sign = "%" if parameter.percent else ""
        about = f"From {parameter.minimum}{sign} to {parameter.maximum}{sign}"
        if parameter.default is not None:
            about += f"; {parameter.default}{sign} when left out"
        required = parameter.default is None
        fields.append(Field(parameter.name, shape, f"{about}.", required=required))
    fields.append(
        Field("at_least", COUNT, "With fewer pieces of evidence there is no decision; 1 when left out.")
    )

    def make(by: str, **values: Any) -> MethodChoice:
        defaults = {
            parameter.name: Decimal(parameter.default) if parameter.percent else parameter.default
            for parameter in specification.parameters
            if parameter.default is not None
        }
        return MethodChoice(Method(by), **{**defaults, **values})

    return Record(f"the method {specification.method}", tuple(fields), make)


METHOD_CHOICE = Tagged(
    "decide",
    "by",
    Choice(tuple(Method), "unknown-method", "method"),
    {method: _describe_method(specification) for method, specification in SPECIFICATIONS.items()},
)
SUBCOMPETENCY = Record(
    "the sub-competency",
    (
        Field("id", SLUG, "A name for it, unique in the rubric.", required=True),
        Field("title", TEXT, "What people read.", required=True),
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
ALIGNMENT = Record(
    "the alignment",
    (
        Field("framework", TEXT, "The framework's name, such as ESCO.", required=True),
        Field("name", TEXT, "The skill's name in the framework.", required=True),
        Field("url", URL, "The skill's address in the framework.", required=True),
        Field("code", TEXT, "The skill's code in the framework."),
    ),
    Alignment,
)
BADGE = Record(
    "the badge",
    (
        Field("name", TEXT, "The badge's name.", required=True),
        Field("description", TEXT, "What the badge says of its holder; the summary when left out."),
        Field("image", TEXT, "A picture, relative to this file."),
        Field("tags", ListOf(TEXT, "a list of words"), "Words to find the badge by."),
        Field("alignment", ListOf(ALIGNMENT, "a list of alignments"), "Skills of public frameworks."),
        Field("expires_after", DURATION, "How long the badge is valid."),
    ),
    BadgeDetails,
)


def _make_rubric(**values: Any) -> Rubric:
    subcompetencies: tuple[SubCompetency, ...] = values["subcompetencies"]
    del values["format"]
    every = tuple(Shown(each.id) for each in subcompetencies)
    values["award"] = _make_award(values.get("award", "all"), every)
    return Rubric(**values)


def _make_award(rule: Any, every: tuple[AwardRule, ...]) -> AwardRule:
    """Turn the forms a rule may be written in into the two the logic knows."""
    if isinstance(rule, str):
        return AtLeast(len(every) if rule == "all" else 1, every)
    if "at_least" in rule:
        parts = _make_award_parts(rule["of"], every) if "of" in rule else every
        return AtLeast(rule["at_least"], parts)
    parts = _make_award_parts(rule["all"] if "all" in rule else rule["any"], every)
    return AtLeast(len(parts) if "all" in rule else 1, parts)


def _make_award_parts(parts: tuple[Any, ...], every: tuple[AwardRule, ...]) -> tuple[AwardRule, ...]:
    return tuple(Shown(part) if isinstance(part, str) else _make_award(part, every) for part in parts)


RUBRIC = Record(
    "the rubric",
    (
        Field(
            "format",
            Text(r"microcred/1", f"the format `{FORMAT}`", "bad-format", FORMAT, 80),
            "The format of this file.",
            required=True,
        ),
        Field("id", SLUG, "The rubric's name in files and badges; it never changes.", required=True),
        Field("version", VERSION, "Three numbers (semver.org); in quotes or not.", required=True),
        Field("title", TEXT, "What people read.", required=True),
        Field("summary", TEXT, "What the competency is, in a sentence or two."),
        Field("language", LANGUAGE, "The language the rubric is written in; `en` when left out."),
        Field("levels", ListOf(LEVEL, "a list of levels"), "Levels, lowest first.", required=True),
        Field("shown_at", SLUG, "A sub-competency counts as shown from this level up.", required=True),
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
    ),
    _make_rubric,
)


def read_rubric(document: Document) -> tuple[Rubric | None, tuple[Finding, ...]]:
    """Return the rubric that a document holds and what is wrong with its structure.

    The rubric is None when the structure has a fault or the document could not be read. References
    inside the rubric (to levels, to sub-competencies) are not looked at here.
    """
    reading = Reading()
    if document.root is None:
        if not document.findings:
            reading.refuse(
                "empty-value",
                "the file is empty",
                Span(0, 0),
                f"a rubric begins with `format: {FORMAT}`; `microcred init` writes one to start from",
            )
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
