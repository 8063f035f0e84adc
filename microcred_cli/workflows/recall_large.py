"""One learner of a large table, decided on again from the learner's own rows, so as to be explained."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli.assessment.folder import read_rubrics
from microcred_cli.assessment.manifest import (
    LARGE_DECISIONS,
    LARGE_LEARNERS,
    LARGE_TABLES,
    MANIFEST,
    build_manifest,
    list_large_folder,
    read_manifest,
)
from microcred_cli.assessment.matching import name_items
from microcred_cli.assessment.records import AGAIN
from microcred_cli.engines.duckdb_engine import Session, open_session
from microcred_cli.files.reading import is_file, read_file
from microcred_cli.gradebooks.long_sql import KINDS, ROWS, USED
from microcred_cli.model.assessment import Assessment, InputFile, Manifest
from microcred_cli.model.errors import BrokenAssessmentError, ChangedInputError, MissingInputError
from microcred_cli.model.finding import Route
from microcred_cli.model.gradebook import Gradebook, Learner
from microcred_cli.model.place import Place
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.dates import parse_date
from microcred_cli.workflows.decide_cohort import Circumstances, assemble_assessment, decide_cohort
from microcred_cli.workflows.read_assessment import MAXIMUM_BYTES
from microcred_cli.workflows.read_large import read_large_table, read_rows
from microcred_cli.workflows.read_project import choose_output, find_project

Find = Callable[[Assessment], Learner]
"""Finds the learner who is asked for among all."""


def recall_learner(folder: Path | None, find: Find) -> Assessment:
    """Return an assessment with the learner who is asked for, decided on as in that of the folder.

    What was decided is checked against the folder's tables. Raises BrokenAssessmentError, ChangedInputError
    where the gradebook is not what was assessed, MissingInputError where it is gone, and what ``find``
    raises.
    """
    folder = folder or choose_output(find_project())
    manifest, rubrics = _read_folder(folder)
    (gradebook,) = (each for each in manifest.inputs if each.role == "gradebook")
    with open_session(large=True) as session:
        everybody = Assessment(manifest, rubrics, _read_learners(session, folder), (), (), ())
        learner = find(everybody)
        recorded = _read_decisions(session, folder, learner)
        book = _read_again(session, gradebook, manifest, rubrics, learner)
    day = parse_date(manifest.options.get("as_of") or manifest.assessed_at)
    around = Circumstances(None if day is None else datetime.fromtimestamp(day, UTC), skip_invalid=True)
    outcome = decide_cohort(rubrics, [book], _locate_nowhere, around)
    decided = {
        (row.rubric, row.subcompetency, str(row.decision), row.score, row.pieces)
        for row in outcome.decisions
        if row.learner == learner.key
    }
    if decided != recorded:
        raise BrokenAssessmentError(str(folder), AGAIN)
    return assemble_assessment(manifest, rubrics, outcome)


def _read_folder(folder: Path) -> tuple[Manifest, tuple[Rubric, ...]]:
    files = {MANIFEST: read_file(folder / MANIFEST, MAXIMUM_BYTES)}
    document = read_manifest(files[MANIFEST])
    for name in list_large_folder(files[MANIFEST]):
        path = folder / name
        if path.is_symlink() or not is_file(path):
            raise BrokenAssessmentError(str(folder), f"{name} is missing or a link; assess again")
        data = read_file(path, MAXIMUM_BYTES)
        if hashlib.sha256(data).hexdigest() != document["tables"][name]:
            raise BrokenAssessmentError(str(folder), f"{name} was changed; assess again")
        if name not in LARGE_TABLES:
            files[name] = data
    try:
        manifest, rubrics = build_manifest(document), tuple(read_rubrics(files, document))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BrokenAssessmentError(str(folder), AGAIN) from error
    if [each.role for each in manifest.inputs].count("gradebook") != 1:
        raise BrokenAssessmentError(str(folder), AGAIN)
    return manifest, rubrics


def _read_learners(session: Session, folder: Path) -> tuple[Learner, ...]:
    session.attach_parquet("kept_learners", folder / LARGE_LEARNERS)
    return tuple(Learner(*row) for row in session.fetch("select l.c0, l.c1, l.c2 from kept_learners l"))


def _read_decisions(session: Session, folder: Path, learner: Learner) -> set[tuple[object, ...]]:
    """Return rubric, sub-competency, decision, score and pieces of the learner."""
    session.attach_parquet("kept_decisions", folder / LARGE_DECISIONS)
    rows = session.fetch(
        "select d.c1, d.c3, d.c4, cast(d.c6 as decimal(18,4)), cast(d.c7 as bigint)"
        " from kept_decisions d where d.c0 = ?",
        learner.key,
    )
    return set(rows)


def _read_again(
    session: Session, gradebook: InputFile, manifest: Manifest, rubrics: Sequence[Rubric], learner: Learner
) -> Gradebook:
    """Return the learner's rows as a gradebook, with one row of each kind so that it has all the items."""
    path = Path(gradebook.path)
    if not is_file(path):
        advice = "the scores are read again from it; its path is from where `assess` was run"
        raise MissingInputError(gradebook.path, advice)
    options = manifest.options
    settings = GradebookSettings(
        (), options.get("decimal"), options.get("usual_decimal"), name_items(rubrics)
    )
    table, _ = read_large_table(session, path, settings)
    if table is None or table.loaded.scan.sha256 != gradebook.sha256:
        raise ChangedInputError(gradebook.path, AGAIN)
    own = f"select r.rowid from {ROWS} r join learner_keys k on k.text = r.learner where k.key = ?"
    kinds = session.fetch(f"select k.first from {KINDS} k join {USED} u on u.text = k.item")
    rows = (*session.fetch(own, learner.key), *kinds)
    return read_rows(session, table.loaded, (row[0] for row in rows)).gradebook


def _locate_nowhere(rubric: int, route: Route) -> Place:
    """Name no place: a rubric that was assessed by has no problem to tell of."""
    del rubric, route
    return Place("")
