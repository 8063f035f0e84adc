import pytest

from microcred_cli.workflows.write_reports import render_reports
from tests.reports.builder import add_rubric, build_assessment, build_rubric
from tests.reports.outline import Element, read_page


@pytest.fixture(scope="session")
def pages() -> dict[str, Element]:
    """Every page of the small assessment, by file name."""
    return {
        path.rpartition("/")[2]: read_page(page) for path, page in render_reports(build_assessment()).items()
    }


@pytest.fixture(scope="session")
def pages_of_two() -> dict[str, Element]:
    """Every page of the same learners under two rubrics."""
    assessment = add_rubric(build_assessment(), build_rubric("writing", "Academic writing"))
    return {path.rpartition("/")[2]: read_page(page) for path, page in render_reports(assessment).items()}
