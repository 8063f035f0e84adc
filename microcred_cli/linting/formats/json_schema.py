"""What the format for programs looks like, as JSON Schema."""

from typing import Any

from microcred_cli.model.finding import Severity

FORMAT = "microcred-lint/1"


def describe_findings() -> dict[str, Any]:
    """Return the JSON Schema (draft 7) of what ``lint --format json`` prints.

    Later releases may add keys to the format; a key that is there stays and keeps its meaning.
    """
    described = _describe_object(
        "What `microcred lint` found.",
        {
            "format": {"const": FORMAT, "description": "The format of this file."},
            "findings": _describe_list(
                "#/definitions/finding",
                "All findings, suppressed ones too: file by file, as they stand there.",
            ),
            "summary": {"$ref": "#/definitions/summary"},
        },
    )
    definitions = {
        "finding": _describe_finding(),
        "position": _describe_position(),
        "fix": _describe_fix(),
        "edit": _describe_edit(),
        "summary": _describe_summary(),
    }
    schema = "http://json-schema.org/draft-07/schema#"
    return {"$schema": schema, "title": "microcred findings", **described, "definitions": definitions}


def _describe_finding() -> dict[str, Any]:
    fix = {"oneOf": [{"$ref": "#/definitions/fix"}, {"type": "null"}]}
    return _describe_object(
        "One thing a rule found.",
        {
            "file": _describe_text("The file, as it was named or found."),
            "code": {**_describe_text("The rule's code; it never changes."), "pattern": "^MC[0-9]{3}$"},
            "slug": {**_describe_text("The rule's name."), "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "severity": {
                "enum": [each.value for each in Severity],
                "description": "How much it weighs; errors stop assessing.",
            },
            "message": _describe_text("What is wrong."),
            "help": {"type": ["string", "null"], "description": "What to do about it."},
            "start": {"$ref": "#/definitions/position"},
            "end": {"$ref": "#/definitions/position"},
            "suppressed": {
                "type": ["string", "null"],
                "description": "The reason a comment in the file gives for passing it over, empty when it "
                "gives none; null when the finding counts.",
            },
            "fix": {**fix, "description": "What would mend it, if that is known."},
        },
    )


def _describe_position() -> dict[str, Any]:
    return _describe_object(
        "A place in the file. An end is the place behind the last character.",
        {
            "line": _describe_number("Counted from 1.", 1),
            "column": _describe_number("Counted from 1, in Unicode code points.", 1),
        },
    )


def _describe_fix() -> dict[str, Any]:
    about = "No decision changes and nothing is lost by it: `lint --fix` applies it, others `--unsafe-fixes`."
    return _describe_object(
        "Edits that belong together; their places are those in the file as it was read.",
        {
            "title": _describe_text("What it does, as a command."),
            "safe": {"type": "boolean", "description": about},
            "edits": {**_describe_list("#/definitions/edit", "All of them; none overlap."), "minItems": 1},
        },
    )


def _describe_edit() -> dict[str, Any]:
    return _describe_object(
        "What is to stand in the place of a part of the file; start and end are equal where it is inserted.",
        {
            "start": {"$ref": "#/definitions/position"},
            "end": {"$ref": "#/definitions/position"},
            "replacement": _describe_text("The new text; empty to delete."),
        },
    )


def _describe_summary() -> dict[str, Any]:
    numbers = {
        "files": "Files that were looked at.",
        "files_with_findings": "Files with findings that are not suppressed.",
        "errors": "Errors that are not suppressed.",
        "warnings": "Warnings that are not suppressed.",
        "infos": "Notes that are not suppressed.",
        "suppressed": "Findings that a comment passes over.",
    }
    return _describe_object(
        "How many of everything there are.",
        {name: _describe_number(about, 0) for name, about in numbers.items()},
    )


def _describe_object(about: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "type": "object", "properties": properties, "required": list(properties)}


def _describe_list(items: str, about: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": items}, "description": about}


def _describe_text(about: str) -> dict[str, Any]:
    return {"type": "string", "description": about}


def _describe_number(about: str, minimum: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": minimum, "description": about}
