"""The sample that `microcred init` ships, against decisions worked out apart from the program."""

import csv
from collections import Counter
from pathlib import Path

from microcred_cli.assessment.folder import read_folder, write_folder
from microcred_cli.files.package_data import read_data
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.assessment import InputFile, Manifest
from microcred_cli.model.decision import Decision
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml
from microcred_cli.workflows.decide_cohort import Outcome, assemble_assessment, decide_cohort
from tests.assessment.cohorts import locate

DATA = Path(__file__).parents[1] / "data"


def read_expected(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def decide_sample() -> tuple[Rubric, Outcome]:
    rubric, findings = read_rubric(read_yaml(read_data("rubrics", "soft-skills/teamwork.yaml")))
    assert findings == ()
    assert rubric is not None
    data = read_data("templates", "project/gradebook.csv")
    gradebook = read_gradebook("gradebook.csv", data, GradebookSettings())
    assert gradebook.problems == ()
    return rubric, decide_cohort([rubric], [gradebook], locate)


def test_every_decision_and_award_of_the_sample() -> None:
    _, outcome = decide_sample()
    assert outcome.problems == ()
    decided = {
        (row.learner, row.subcompetency): (
            row.decision,
            row.level or "",
            "" if row.score is None else str(row.score),
        )
        for row in outcome.decisions
    }
    expected = {
        (row["learner"], row["subcompetency"]): (row["decision"], row["level"], row["score"])
        for row in read_expected("sample_decisions.csv")
    }
    assert decided == expected
    awards = {row.learner: row.award for row in outcome.awards}
    assert awards == {row["learner"]: row["award"] for row in read_expected("sample_awards.csv")}


def test_the_sample_shows_every_kind_of_decision_and_award() -> None:
    rubric, outcome = decide_sample()
    assert set(Counter(row.decision for row in outcome.decisions)) == set(Decision)
    assert {row.level for row in outcome.decisions} == {None, *(level.id for level in rubric.levels)}
    assert len({row.award for row in outcome.awards}) == 3
    names = Counter(learner.name for learner in outcome.learners)
    assert max(names.values()) == 2


def test_the_folder_reads_back_as_it_was_written() -> None:
    rubric, outcome = decide_sample()
    manifest = Manifest(
        "0.0.0",
        "2026-11-23T12:00:00Z",
        (InputFile("gradebook", "g.csv", "00", "Canvas"), InputFile("rubric", "r.yaml", "11")),
        {"decimal": ","},
    )
    assessment = assemble_assessment(manifest, [rubric], outcome)
    files = write_folder(assessment, {rubric.id: read_data("rubrics", "soft-skills/teamwork.yaml")})
    assert read_folder(files) == assessment
