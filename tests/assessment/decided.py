"""Made cohorts, taken through everything that a user's files go through."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml
from microcred_cli.workflows.decide_cohort import Circumstances, Outcome, decide_cohort
from tests.assessment.cohorts import locate
from tests.assessment.made_cohorts import Cohort


def read_made(cohort: Cohort) -> list[Rubric]:
    """Return the cohort's rubrics, read from YAML without a finding."""
    rubrics: list[Rubric] = []
    for data in cohort.write_rubrics():
        rubric, findings = read_rubric(read_yaml(data))
        assert findings == ()
        assert rubric is not None
        rubrics.append(rubric)
    return rubrics


def decide_made(cohort: Cohort, rubrics: Sequence[Rubric] | None = None) -> Outcome:
    """Decide the cohort by its rubrics, or by these in their place."""
    gradebook = read_gradebook("g.csv", cohort.write_table(), GradebookSettings(decimal="."))
    assert gradebook.problems == ()
    held = {name: learner.held for name, learner in cohort.learners.items()}
    around = Circumstances(datetime.combine(cohort.as_of, time(), UTC), held)
    return decide_cohort(rubrics or read_made(cohort), [gradebook], locate, around)
