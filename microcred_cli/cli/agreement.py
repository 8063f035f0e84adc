"""`microcred agreement`."""

from typing import TYPE_CHECKING

from microcred_cli.cli.console import print_error, print_message
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import (
    AsOf,
    Decimal,
    Format,
    Gradebooks,
    OutputFormat,
    Quiet,
    Rubrics,
    ShowNames,
)

if TYPE_CHECKING:
    from microcred_cli.workflows.measure_agreement import Measured

EPILOG = """
[bold]Examples[/bold]

  microcred agreement marks.csv                    by the rubrics of the project

  microcred agreement marks.csv --rubric r.yaml    by one rubric, no project

Evidence is doubly marked where two rows of a long table have one learner,
item, criterion and attempt, and different names in the column `rater`. The
rater `agreed` gives the mark that moderation came to.
"""


def agreement(
    gradebooks: Gradebooks,
    rubrics: Rubrics = None,
    as_of: AsOf = None,
    decimal: Decimal = None,
    output_format: Format = OutputFormat.TEXT,
    show_names: ShowNames = False,
    quiet: Quiet = False,
) -> Status:
    """Say how far raters agree on doubly marked evidence, and which decisions depend on it."""
    from microcred_cli.workflows.gather_inputs import Sources
    from microcred_cli.workflows.measure_agreement import measure_agreement

    mark = None if decimal is None else str(decimal)
    measured = measure_agreement(Sources(tuple(gradebooks), tuple(rubrics or ()), decimal=mark, as_of=as_of))
    if measured.agreement is None:
        return _print_obstacles(measured, show_names=show_names)
    if output_format is OutputFormat.JSON:
        from microcred_cli.cli.agreement_json import print_agreement_json

        print_agreement_json(measured.agreement)
    else:
        from microcred_cli.cli.agreement_text import print_agreement

        print_agreement(measured.agreement)
    if measured.agreement.open_disagreements:
        print_message(
            "what moderation comes to goes into the gradebook as a row of the rater `agreed`", quiet=quiet
        )
    return Status.GOOD


def _print_obstacles(measured: "Measured", *, show_names: bool) -> Status:
    files = [each.linted for each in measured.rubrics]
    if measured.problems or any(each.rubric is None for each in files):
        from microcred_cli.cli.problems import print_obstacles

        print_obstacles(files, measured.problems, show_names=show_names, outcome="nothing was measured")
        return Status.FINDINGS
    if measured.named:
        advice = (
            "two rows of one learner, item, criterion and attempt, with different names in the column "
            "`rater`, make a piece doubly marked; the rater `agreed` does not count"
        )
        print_error("no evidence of the rubrics is doubly marked", advice)
    else:
        advice = "a long table (learner,item,score) says it in the column `rater`"
        print_error("no score says who gave it", advice)
    return Status.NO_INPUT
