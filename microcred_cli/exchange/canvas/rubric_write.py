"""A rubric as the CSV that Canvas imports rubrics from.

Layout from ``rubric_import_spec.rb`` of instructure/canvas-lms: four columns, then three for each rating,
whose headings repeat. Canvas reads cells as they are, so no apostrophe stands before what a spreadsheet takes
for a formula: it would become a part of the rubric.
"""

import csv
import io
from collections.abc import Iterator

from microcred_cli.exchange.draft import Exported, Loss
from microcred_cli.exchange.leftovers import Aspect, list_leftovers
from microcred_cli.model.number_words import write_number
from microcred_cli.model.rubric import Criterion, Rubric, SubCompetency

_FIRST = ["Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range"]
_RATING = ["Rating Name", "Rating Description", "Rating Points"]
# ``title`` of RubricAssociation and ``description`` of a criterion are string columns of 255 characters.
_LONGEST = 255


def write(rubric: Rubric) -> Exported:
    """Return the CSV, a row for each criterion, ratings highest first, with what Canvas has no place for."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*_FIRST, *_RATING * len(rubric.levels)])
    for part in rubric.subcompetencies:
        for criterion in part.criteria:
            writer.writerow(_write_criterion(rubric, part, criterion))
    return Exported(stream.getvalue().encode(), tuple(_list_losses(rubric)))


def _write_criterion(rubric: Rubric, part: SubCompetency, criterion: Criterion) -> list[str]:
    row = [rubric.title, *_name(part, criterion), "false"]
    for level in reversed(rubric.levels):
        row += [level.title, criterion.descriptors.get(level.id, ""), write_number(level.points)]
    return row


def _name(part: SubCompetency, criterion: Criterion) -> tuple[str, str]:
    """Return name and description of the criterion in Canvas: one a sub-competency has its name."""
    if len(part.criteria) == 1:
        return part.title, criterion.title if criterion.title != part.title else ""
    return f"{part.title}: {criterion.title}", ""


def _list_losses(rubric: Rubric) -> Iterator[Loss]:
    kept = (Aspect.POINTS, Aspect.CRITERIA, Aspect.DESCRIPTORS)
    yield from list_leftovers(rubric, *kept)
    crowded = [part for part in rubric.subcompetencies if len(part.criteria) > 1]
    if crowded:
        titles = f"“{crowded[0].title}”" if len(crowded) == 1 else f"{len(crowded)} sub-competencies"
        yield Loss(
            f"that the criteria of {titles} are decided together: each is a criterion of its own there"
        )
    names = [_name(part, criterion)[0] for part in rubric.subcompetencies for criterion in part.criteria]
    for name in (rubric.title, *names):
        if len(name) > _LONGEST:
            yield Loss(f"the end of “{name[:40]}…”: Canvas takes no name of more than {_LONGEST} characters")
