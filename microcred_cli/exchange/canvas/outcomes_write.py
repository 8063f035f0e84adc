"""A rubric as the CSV by which Canvas takes outcomes in: a group, and an outcome for each sub-competency."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from html import escape

from microcred_cli.exchange.draft import Exported, Loss
from microcred_cli.exchange.leftovers import Aspect, cut_title, list_cut_titles, list_leftovers
from microcred_cli.model.method import SPECIFICATIONS, Method
from microcred_cli.model.number_words import write_number
from microcred_cli.model.rubric import Compatibility, MethodChoice, Rubric, SubCompetency

_HEADING = (
    "vendor_guid",
    "object_type",
    "title",
    "description",
    "display_name",
    "calculation_method",
    "calculation_int",
    "parent_guids",
    "workflow_state",
    "mastery_points",
    "ratings",
)
_METHODS = {
    Method.WEIGHTED_AVERAGE: "decaying_average",
    Method.DECAYING_AVERAGE: "standard_decaying_average",
    Method.N_MASTERY: "n_mastery",
    Method.HIGHEST: "highest",
    Method.LATEST: "latest",
    Method.AVERAGE: "average",
}
# ``maximum_string_length`` of Canvas's tables.
_LONGEST_TITLE = 255


def write(rubric: Rubric) -> Exported:
    """Return the CSV for Outcomes, Import, with what Canvas has no place for.

    Canvas takes the cells as they are, so what a spreadsheet would run as a formula is not guarded by an
    apostrophe: it would become part of the title.
    """
    group = f"microcred:{rubric.id}"
    pairs = 2 * len(rubric.levels)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*_HEADING, *[""] * (pairs - 1)])
    summary = _write_html(rubric.summary or "")
    writer.writerow(
        [
            group,
            "group",
            cut_title(rubric.title, _LONGEST_TITLE),
            summary,
            "",
            "",
            "",
            "",
            "active",
            "",
            *[""] * pairs,
        ]
    )
    for part in rubric.subcompetencies:
        writer.writerow(_write_outcome(rubric, part, group))
    return Exported(stream.getvalue().encode(), tuple(_list_losses(rubric)))


def _write_outcome(rubric: Rubric, part: SubCompetency, group: str) -> list[str]:
    method, number = _write_method(part.decide)
    ratings = [
        cell
        for level in sorted(rubric.levels, key=lambda level: -level.points)
        for cell in (write_number(level.points), level.title)
    ]
    description = "\n".join(criterion.title for criterion in part.criteria)
    return [
        f"{group}:{part.id}",
        "outcome",
        cut_title(part.title, _LONGEST_TITLE),
        "" if description == part.title else _write_html(description),
        "",
        method,
        number,
        group,
        "active",
        write_number(rubric.level(rubric.shown_at).points),
        *ratings,
    ]


def _write_html(text: str) -> str:
    """Return the text as Canvas takes descriptions, in paragraphs where it has several lines."""
    lines = [escape(line, quote=False) for line in text.splitlines()]
    return lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)


def _write_method(choice: MethodChoice) -> tuple[str, str]:
    """Return the method as Canvas calls it, the highest where it has none like it, and its number."""
    if choice.by not in _METHODS:
        return _METHODS[Method.HIGHEST], ""
    values = [getattr(choice, parameter.name) for parameter in SPECIFICATIONS[choice.by].parameters]
    return _METHODS[choice.by], "".join(write_number(Decimal(each)) for each in values if each is not None)


def _list_losses(rubric: Rubric) -> Iterator[Loss]:
    yield from list_cut_titles(rubric, _LONGEST_TITLE, "Canvas")
    for part in rubric.subcompetencies:
        if part.decide.by not in _METHODS:
            message = f"that “{part.title}” is decided by {part.decide.by}: Canvas has the highest score now"
            yield Loss(message)
    if any(part.decide != _reduce_method(part.decide) for part in rubric.subcompetencies):
        yield Loss("how much evidence a decision needs, and how late work, attempts and old scores count")
    if rubric.compatibility not in {None, Compatibility.CANVAS}:
        yield Loss(f"that decisions are those of {rubric.compatibility}")
    kept = (Aspect.SUMMARY, Aspect.POINTS, Aspect.THRESHOLD, Aspect.METHODS)
    yield from list_leftovers(rubric, *kept)


def _reduce_method(choice: MethodChoice) -> MethodChoice:
    """Return the choice with nothing but the method and its numbers."""
    return MethodChoice(choice.by, choice.latest, choice.n)
