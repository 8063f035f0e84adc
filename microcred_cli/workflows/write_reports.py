"""Write the reports of an assessment: the cohort's page and one for every learner."""

from microcred_cli.assessment.explanation import explain_assessment
from microcred_cli.files.package_data import read_data
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.rubric import Rubric
from microcred_cli.rendering.renderer import Renderer
from microcred_cli.reports.charts import draw_grid
from microcred_cli.reports.cohort_page import describe_cohort
from microcred_cli.reports.learner_page import describe_learner
from microcred_cli.reports.page_frame import describe_frame, describe_style
from microcred_cli.reports.records import number_learners
from microcred_cli.reports.rubric_sheet import RubricSheet, describe_standings, prepare_rubric
from microcred_cli.workflows.suppose_scores import suppose_scores

_COHORT = "report/cohort.html.j2"
_LEARNER = "report/learner.html.j2"
_STANDING = "report/standing.html.j2"
_STYLE = "report/style.css.j2"
_GRID = "report/grid.svg.j2"
_TEMPLATES = (
    _COHORT,
    _LEARNER,
    _STANDING,
    _STYLE,
    _GRID,
    "report/head.html.j2",
    "report/bar.svg.j2",
    "report/timeline.svg.j2",
)


def render_reports(assessment: Assessment) -> dict[str, bytes]:
    """Return every page by its path in the assessment folder; nothing is written.

    Learners' pages are numbered in the order of the assessment, so that no path holds learner data.
    """
    renderer = Renderer({name: read_data("templates", name).decode("utf-8") for name in _TEMPLATES})
    style = renderer.embed(_STYLE, describe_style())
    frame = describe_frame(assessment.manifest, assessment.rubrics, style)
    sheets = [
        _prepare_sheet(renderer, number, rubric) for number, rubric in enumerate(assessment.rubrics, start=1)
    ]
    cohort = number_learners(suppose_scores(explain_assessment(assessment)))
    index = {**frame, **describe_cohort(assessment, cohort, sheets)}
    pages = {"reports/index.html": renderer.render(_COHORT, index).encode()}
    for records in cohort:
        page = renderer.render(_LEARNER, {**frame, **describe_learner(records, sheets)})
        pages[f"reports/learners/{records.page}"] = page.encode()
    return pages


def _prepare_sheet(renderer: Renderer, number: int, rubric: Rubric) -> RubricSheet:
    """Render once what is the same for all learners: most of a page."""
    standings = {
        standing: renderer.embed(_STANDING, context)
        for standing, context in describe_standings(rubric).items()
    }
    return prepare_rubric(number, rubric, standings, renderer.embed(_GRID, draw_grid(rubric)))
