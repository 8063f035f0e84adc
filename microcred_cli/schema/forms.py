"""The forms of single values that rubrics are made of."""

from decimal import Decimal

from microcred_cli.schema.values import Number, Text

TEXT = Text()
SLUG = Text(
    r"[a-z0-9]+(?:-[a-z0-9]+)*",
    "an id: lower-case letters, digits and single hyphens",
    "bad-id",
    "gives-feedback",
    80,
)
LEVEL_ID = SLUG._replace(refers="levels")
SUBCOMPETENCY_ID = SLUG._replace(refers="subcompetencies")
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
# ISO 3166-1 alpha-2, or ISO 3166-2 for a region.
COUNTRY = Text(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", "a country code", "bad-element", "NL", 200)
WORKLOAD = Text(
    r"(?:0\.[0-9]?[1-9]|[1-9][0-9]{0,3}(?:\.[0-9]{1,2})?) (?:ECTS|hours?)",
    "a workload in ECTS or hours",
    "bad-element",
    "2 ECTS",
    200,
)
# https://europass.europa.eu/en/europass-tools/european-qualifications-framework; the cycles are those of the
# European Higher Education Area.
QUALIFICATION_LEVEL = Text(
    r"EQF [1-8]|QF-EHEA (?:short|first|second|third) cycle",
    "a level of the EQF or a cycle of the QF-EHEA",
    "bad-element",
    "EQF 5",
    200,
)
POINTS = Number(Decimal(0), Decimal(10000))
COUNT = Number(Decimal(1), Decimal(1000), whole=True)
AWARD_POINTS = Number(Decimal(1), Decimal(1_000_000), whole=True)
PART_POINTS = Number(Decimal(0), Decimal(10000), whole=True)
