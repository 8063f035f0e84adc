"""The structure of the badge section of a rubric."""

from microcred_cli.model.rubric import Alignment, BadgeDetails, EuropeanElements
from microcred_cli.schema.forms import (
    COUNTRY,
    DURATION,
    QUALIFICATION_LEVEL,
    TEXT,
    URL,
    WORKLOAD,
)
from microcred_cli.schema.shapes import Field, ListOf, OneOrMore, Record

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
# What the list of standard elements asks for and no other part of the rubric or the badge says.
EUROPEAN = Record(
    "the European elements",
    (
        Field(
            "country",
            OneOrMore(COUNTRY, "a country code or a list of them"),
            "The country or region of the issuer, as a code of ISO 3166; a list where there are several.",
            attribute="countries",
        ),
        Field("workload", WORKLOAD, "What a learner needs to get there, in ECTS credits or hours."),
        Field(
            "level", QUALIFICATION_LEVEL, "The level of the learning in the EQF, or its cycle in the QF-EHEA."
        ),
        Field("assessment", TEXT, "The type of assessment, such as `portfolio and interview`."),
        Field("participation", TEXT, "How learners take part, such as `online`, `on-site` or `blended`."),
        Field("quality_assurance", TEXT, "What stands behind the quality, such as an accreditation."),
        Field("prerequisites", TEXT, "What a learner needs to be admitted."),
        Field("supervision", TEXT, "How the assessment is supervised, and how it is made sure who takes it."),
        Field("stackability", TEXT, "Whether it stands alone or counts toward another credential."),
    ),
    EuropeanElements,
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
        Field("european", EUROPEAN, "The elements of the European approach to micro-credentials."),
    ),
    BadgeDetails,
)
