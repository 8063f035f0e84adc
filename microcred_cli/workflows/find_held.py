"""Which badges learners hold, by a project's ledger."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from microcred_cli.assessment.held import HeldTable
from microcred_cli.files.reading import is_file, read_file
from microcred_cli.ledger.ledger import read_ledger
from microcred_cli.ledger.store import is_store
from microcred_cli.model.ledger import BadgeRecord, BadgeState
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.durations import add_duration
from microcred_cli.texts.json_reader import MAXIMUM_BYTES, read_json
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.timestamps import parse_timestamp
from microcred_cli.workflows.read_project import ProjectFolder


def find_held(
    project: ProjectFolder, rubrics: Sequence[Rubric], learners: Iterable[str], day: datetime
) -> HeldTable:
    """Return which badges the learners were issued that have not expired on that day.

    ``rubrics`` are those of the project. Raises what reading the ledger raises.
    """
    if not is_store(project.ledger):
        return HeldTable()
    versions = {(rubric.id, rubric.version): rubric for rubric in rubrics}
    held: dict[str, set[str]] = {}
    # A ledger that is there has its secret.
    with read_ledger(project.ledger, bytes) as ledger:
        keys = {ledger.identify(folded): folded for folded in map(fold_name, learners)}
        records = ledger.list_badges()
    for record in records:
        if record.learner in keys and record.state is BadgeState.ISSUED:
            end = _find_end(record, versions, project.badges)
            if end is None or day.date() <= end.date():
                held.setdefault(keys[record.learner], set()).add(record.rubric)
    return HeldTable(
        {learner: frozenset(badges) for learner, badges in held.items()},
        frozenset(record.rubric for record in records),
    )


def _find_end(
    record: BadgeRecord, versions: Mapping[tuple[str, str], Rubric], badges: Path
) -> datetime | None:
    """Return when a badge expires, None for never.

    The rubric says it, where the project still has it in the version of the badge; else the badge itself,
    which has to be the file that the ledger knows.
    """
    rubric = versions.get((record.rubric, record.version))
    if rubric is not None:
        begin, lasting = parse_timestamp(record.valid_from), rubric.badge and rubric.badge.expires_after
        return None if begin is None or not lasting else add_duration(begin, lasting)
    path = badges / f"{record.id}.json"
    data = read_file(path, MAXIMUM_BYTES) if is_file(path) else b""
    document = read_json(data) if hashlib.sha256(data).hexdigest() == record.file else None
    return parse_timestamp(document.get("validUntil")) if isinstance(document, dict) else None
