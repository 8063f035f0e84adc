"""The structure of the project file, ``microcred.yaml``."""

from typing import Any

from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.lint_settings import LintSettings
from microcred_cli.model.project import Form, Issuer, Project, Recipient, Results
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.schema.forms import TEXT, URL
from microcred_cli.schema.reading import REFUSED, Description, Reading
from microcred_cli.schema.shapes import Field, ListOf, MapOf, OneOrMore, Record
from microcred_cli.schema.values import Choice, Text
from microcred_cli.texts.nodes import Document, Scalar

FORMAT = "microcred-project/1"
# Inside the project folder: no drive, no root, no way up.
PATH = Text(
    r"(?!(?:[^\n]*/)?\.\.(?:/|$))[^/\\:\t\r\n ][^\\:\t\r\n]*",
    "a path inside the project folder, with forward slashes",
    "bad-path",
    "rubrics",
    500,
)
_FORM = Choice(tuple(Form), "unknown-disclosure", "form", Form)


_RULES = ListOf(TEXT, "a list of rules")
LINT = Record(
    "lint",
    (
        Field(
            "select",
            _RULES,
            "Only these rules: codes, beginnings of codes (MC3), or slugs; all when left out.",
        ),
        Field("ignore", _RULES, "Not these rules."),
        Field(
            "per_path",
            MapOf(Text(maximum=500), _RULES, "a mapping from path to rules"),
            "Not these rules in files whose path, from this folder, is like this; `*` is any text.",
        ),
        Field(
            "fail_level",
            Choice(tuple(Severity), "unknown-policy", "severity", Severity),
            "From which severity on the exit status is 1; `error` when left out.",
        ),
    ),
    LintSettings,
)


def _make_project(**values: Any) -> Project:
    del values["format"]
    return Project(**values)


PROJECT = Record(
    "the project file",
    (
        Field(
            "format",
            Text(r"microcred-project/1", f"the format `{FORMAT}`", "bad-format", FORMAT, 80),
            "The format of this file.",
            required=True,
            example=FORMAT,
        ),
        Field(
            "issuer",
            Record(
                "the issuer",
                (
                    Field(
                        "name",
                        TEXT,
                        "The institution's name, as badges show it.",
                        required=True,
                        example="Example College",
                    ),
                    Field("url", URL, "Its web address."),
                    Field("email", TEXT, "Where questions about badges go."),
                ),
                Issuer,
            ),
            "Who stands behind the badges.",
            required=True,
            example="{name: Example College}",
        ),
        Field("rubrics", ListOf(PATH, "a list of paths"), "Rubric files, or folders of them."),
        Field(
            "gradebook",
            Record(
                "gradebook",
                (
                    Field(
                        "learner",
                        OneOrMore(TEXT, "a heading or a list of headings"),
                        "The heading of the column that tells learners apart, else the system's own; "
                        "of a list, the first that a file has.",
                    ),
                    Field(
                        "decimal",
                        Choice((".", ","), "unknown-decimal-mark", "decimal mark"),
                        "The decimal mark, for exports that do not show it.",
                        attribute="usual_decimal",
                    ),
                ),
                GradebookSettings,
            ),
            "How to read the exports.",
        ),
        Field("output", PATH, "The folder assessments are written to; `out` when left out."),
        Field("keys", PATH, "The folder of the signing keys; `keys` when left out."),
        Field(
            "recipient",
            Record(
                "the recipient",
                (
                    Field("name", _FORM, "The holder's name: `plain` to read, `hashed` to compare with."),
                    Field("email", _FORM, "The holder's e-mail address: `plain` or `hashed`."),
                ),
                Recipient,
            ),
            "What a badge tells of who holds it, for everybody to see; nothing when left out.",
        ),
        Field(
            "results",
            Choice(tuple(Results), "unknown-disclosure", "kind of results", Results),
            "What a badge tells of what was shown: `levels`, or `scores` as well; `levels` when left out.",
        ),
        Field("lint", LINT, "What `microcred lint` looks for."),
    ),
    _make_project,
    is_root=True,
)


def read_project(document: Document) -> tuple[Project | None, tuple[Finding, ...]]:
    """Return the project that a document holds and what is wrong with its structure."""
    reading = Reading(document)
    if document.root is None:
        if not document.findings:
            PROJECT.read(Scalar("", 0, 0, plain=True), reading)
        return None, tuple(reading.findings)
    project = PROJECT.read(document.root, reading)
    return (None if project is REFUSED else project), tuple(reading.findings)


def describe_project() -> Description:
    """Return the JSON Schema (draft 7) of the project file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "microcred project",
        **PROJECT.describe(),
    }
