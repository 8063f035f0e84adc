"""What SARIF says of the rules: all of them, whether or not they found anything."""

from microcred_cli.linting.catalog import CATALOG, Entry, Finder, load_documentation, load_rule
from microcred_cli.model.finding import Severity
from microcred_cli.texts.safe import shorten

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_FAMILIES = {
    "0": "reading",
    "1": "structure",
    "2": "references",
    "3": "scale",
    "4": "wording",
    "5": "credential",
    "9": "suppressions",
}
# GitHub takes no longer one.
_MAXIMUM_DESCRIPTION = 1024


def describe_rules() -> list[dict[str, object]]:
    """Return a SARIF reportingDescriptor for every rule, in the order of the catalog."""
    return [_describe(entry) for entry in CATALOG]


def _describe(entry: Entry) -> dict[str, object]:
    rule = load_rule(entry.slug)
    documentation = load_documentation(entry.slug)
    return {
        "id": rule.code,
        "name": rule.slug,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": shorten(_explain(documentation), _MAXIMUM_DESCRIPTION)},
        "help": {"text": documentation, "markdown": documentation},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": ["rubric", _FAMILIES[rule.code[2]]],
            # What only advises may be wrong about a text; the others see that something is so.
            "precision": "medium" if entry.finder is Finder.ADVICE else "very-high",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _explain(documentation: str) -> str:
    """Return what a rule is about: the section that says what it is, in one paragraph."""
    _, _, section = documentation.partition("## What it is")
    return " ".join(section.partition("\n## ")[0].split())
