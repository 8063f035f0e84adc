"""What a rubric can be written as for other tools and people."""

from enum import StrEnum


class RubricFormat(StrEnum):
    """The formats of `microcred export`."""

    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"
    CANVAS = "canvas"
    CANVAS_OUTCOMES = "canvas-outcomes"
    MOODLE = "moodle"
    CASE = "case"
