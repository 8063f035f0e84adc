"""Which badges learners hold, by a project's ledger."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from microcred_cli.ledger.ledger import read_ledger
from microcred_cli.ledger.store import is_store
from microcred_cli.model.ledger import BadgeState
from microcred_cli.texts.durations import add_duration
from microcred_cli.texts.timestamps import parse_timestamp
from microcred_cli.workflows.read_project import ProjectFolder
from microcred_cli.workflows.read_rubrics import read_rubric_files


def find_held(project: ProjectFolder, learners: Sequence[str], day: datetime) -> dict[str, frozenset[str]]:
    """Return by learner's key the rubrics whose badge was issued and has not expired on that day.

    How long a badge lasts its rubric says; one whose rubric is not in the project any more lasts. Raises what
    reading the ledger raises.
    """
    if not is_store(project.ledger):
        return {}
    lasting = _list_durations(project.rubrics)
    held: dict[str, set[str]] = {}
    # A ledger that is there has its secret.
    with read_ledger(project.ledger, bytes) as ledger:
        keys = {ledger.identify(learner): learner for learner in learners}
        for badge in ledger.list_badges():
            if badge.learner not in keys or badge.state is not BadgeState.ISSUED:
                continue
            begin, duration = parse_timestamp(badge.valid_from), lasting.get(badge.rubric)
            if begin is None or duration is None or day < add_duration(begin, duration):
                held.setdefault(keys[badge.learner], set()).add(badge.rubric)
    return {learner: frozenset(rubrics) for learner, rubrics in held.items()}


def _list_durations(paths: Sequence[Path]) -> dict[str, str]:
    rubrics = [each.linted.rubric for each in read_rubric_files(paths)]
    return {
        rubric.id: rubric.badge.expires_after
        for rubric in rubrics
        if rubric is not None and rubric.badge is not None and rubric.badge.expires_after is not None
    }
