"""The dates of scores: whoever reads them again from what is stored finds the same moment."""

import pytest

from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.dates import parse_date
from tests.gradebooks.test_detect import CLASS, SAMPLES, WRITERS
from tests.gradebooks.writers import gradescope_evaluations
from tests.shared import find_shared

EVALUATIONS = "Gradescope evaluations"
EXPORTS = {system: write for system, (write, _) in WRITERS.items()} | {
    EVALUATIONS: gradescope_evaluations.write
}
DATED = {
    "Canvas outcome results",
    "Gradescope scores",
    EVALUATIONS,
    "Moodle rubric report",
    "nbgrader grades",
}


def count_dated(gradebook: Gradebook) -> int:
    """Return how many scores have a date, of which each is read again to the same second."""
    for score in gradebook.scores:
        assert (score.at is None) == (score.date is None), score
        assert score.date is None or parse_date(score.date) == score.at, score
    return sum(score.at is not None for score in gradebook.scores)


@pytest.mark.parametrize("system", EXPORTS)
def test_a_date_that_was_read_can_be_read_again(system: str) -> None:
    gradebook = read_gradebook("g", EXPORTS[system](CLASS), GradebookSettings())
    assert gradebook.system == system
    assert (count_dated(gradebook) > 0) == (system in DATED)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_date_of_a_sample_can_be_read_again(name: str) -> None:
    path = find_shared("gradebooks").joinpath(name)
    gradebook = read_gradebook(path.name, path.read_bytes(), GradebookSettings())
    assert gradebook.scores
    assert count_dated(gradebook) == 0 or gradebook.system in DATED
