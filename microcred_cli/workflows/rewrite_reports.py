"""The reports of an assessment that was written before."""

from pathlib import Path

from microcred_cli.files.replacing import replace_tree
from microcred_cli.workflows.assess_cohort import PRIVATE, REPORTS
from microcred_cli.workflows.read_assessment import StoredAssessment, read_assessment
from microcred_cli.workflows.write_reports import render_reports


def rewrite_reports(folder: Path | None) -> StoredAssessment:
    """Render the reports of a stored assessment into its folder, and return what was read."""
    stored = read_assessment(folder)
    pages = render_reports(stored.assessment)
    replace_tree(stored.folder, pages, private=PRIVATE, owned=frozenset({REPORTS}))
    return stored
