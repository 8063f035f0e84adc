"""What a reader of the cohort's table should know beside it: persons' decisions, odd scores, badges held."""

from collections import Counter
from collections.abc import Iterable, Iterator

from microcred_cli.assessment.joining import Unjoined
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Held, list_leaves
from microcred_cli.model.number_words import count_things
from microcred_cli.model.place import Place
from microcred_cli.model.results import Piece, SetAside
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.names import fold_name

_DATE_ONLY = len("2026-01-01")
_DAY = 24 * 60 * 60
# A date without a zone may be that of the zone farthest ahead of UTC.
_AHEAD = 14 * 60 * 60


def write_notes(assessment: Assessment, *, forgotten: bool, dropped: int) -> Iterator[str]:
    """Yield the messages; ``forgotten`` and ``dropped`` as ``assess_cohort`` says it."""
    if dropped:
        persons = count_things(dropped, "decision")
        verb = "is" if dropped == 1 else "are"
        yield f"{persons} by a person in the assessment before {verb} not here: --overrides names the file"
    if assessment.overruled:
        yield _count_persons(assessment)
    if any(row.outdated for row in assessment.overruled):
        yield "scores came or changed since: look again, and give what stands a new `at`"
    if assessment.waiting:
        waiting = count_things(len(assessment.waiting), "decision")
        yield f"{waiting} by a person about learners left out: not in force until they are decided on again"
    if forgotten:
        yield "overruled.csv was not readable: only dates tell now what is out of date"
    # A score may be evidence of several sub-competencies.
    aside = {
        (gap.file, gap.row, gap.column, gap.state) for gap in assessment.gaps if gap.state in set(SetAside)
    }
    if aside:
        yield _count_aside(Counter(state for *_, state in aside))
    yield from _tell_level_points(assessment)
    yield from _point_out_odd(assessment)
    rubrics = assessment.rubrics
    leaves = [leaf for rubric in rubrics for leaf in list_leaves(rubric.award)]
    asked = {leaf.rubric for leaf in leaves if isinstance(leaf, Held)}
    if assessment.held or asked - {rubric.id for rubric in rubrics}:
        yield _count_badges(assessment)
    elif not asked and any(each.role == "held" for each in assessment.manifest.inputs):
        yield "no award asks for a badge, so --held changed nothing"


def write_unjoined(unjoined: Iterable[Unjoined]) -> Iterator[str]:
    """Yield a message for each gradebook that shares no learner with the others."""
    for each in unjoined:
        where = each.others[0] if len(each.others) == 1 else "any other gradebook"
        columns = list(dict.fromkeys(name for name in (each.column, *each.other_columns) if name))
        quoted = " and ".join(f"“{column}”" for column in columns)
        note = f"no learner of {each.file} is in {where}: they are joined by {quoted}"
        # Long and wide tables have no other column to go by.
        chooses = any(fold_name(column) != "learner" for column in columns)
        yield (
            f"{note}; `gradebook: {{learner: …}}` in the project file names other columns"
            if chooses
            else note
        )


def _tell_level_points(assessment: Assessment) -> Iterator[str]:
    """Yield each export whose scores were taken as they are; in a table of one's own they are meant so."""
    taken = {piece.file for piece in assessment.pieces if piece.conversion == "points"}
    for each in assessment.manifest.inputs:
        is_export = each.role == "gradebook" and not (each.system or "").startswith("generic")
        if is_export and each.path in taken:
            yield f"{each.path} does not say the points possible: its scores are taken as level points"


def _count_persons(assessment: Assessment) -> str:
    total = len(assessment.overruled)
    outdated = sum(row.outdated for row in assessment.overruled)
    if total == 1:
        state = ", out of date" if outdated else ""
        return f"1 decision by a person{state}: see overruled.csv"
    state = f", {outdated} of them out of date" if outdated else ""
    return f"{total} decisions by a person{state}: see overruled.csv"


def _count_aside(reasons: Counter[str]) -> str:
    total = reasons.total()
    named = ", ".join(f"{reasons[reason]} {reason}" for reason in SetAside if reasons[reason])
    verb = "score does" if total == 1 else "scores do"
    return f"{total} {verb} not count: {named}; see gaps.csv"


def _point_out_odd(assessment: Assessment) -> Iterator[str]:
    """Yield what counts as it is and may still be a slip; extra credit and penalties are none."""
    order = {each.path: number for number, each in enumerate(assessment.manifest.inputs)}
    day, last = _find_last_moment(assessment)
    # Dates repeat, and reading one takes longer than looking it up.
    later = {date for date in {piece.date for piece in assessment.pieces} if _is_later(date, last)}
    kinds = (
        ("above the points possible", filter(_is_above, assessment.pieces)),
        ("below zero", (each for each in assessment.pieces if each.value is not None and each.value < 0)),
        (f"dated after {day}", (each for each in assessment.pieces if each.date in later)),
    )
    for kind, pieces in kinds:
        places = _list_places(pieces)
        if places:
            # "First" is as a reader goes through the files, in the order in which they were named.
            first = min(places, key=lambda place: (order.get(place[0], len(order)), place))
            verb, where = ("is", "in") if len(places) == 1 else ("are", "the first in")
            yield f"{count_things(len(places), 'score')} {verb} {kind}, {where} {Place(*first)}"


def _list_places(pieces: Iterable[Piece]) -> set[tuple[str, int, int]]:
    """Return file, row and column of each; a score may be evidence of several sub-competencies."""
    return {(piece.file, piece.row, piece.column) for piece in pieces}


def _is_above(piece: Piece) -> bool:
    return piece.value is not None and piece.possible is not None and piece.value > piece.possible


def _find_last_moment(assessment: Assessment) -> tuple[str, int | None]:
    """Return the day of the assessment, and the last second that a score can be dated by then."""
    manifest = assessment.manifest
    today = manifest.assessed_at[:_DATE_ONLY]
    day = manifest.options.get("as_of", today)
    midnight, now = parse_date(day), parse_date(manifest.assessed_at)
    if midnight is None or now is None:
        return day, None
    end = midnight + _DAY - 1
    return day, max(end, now + _AHEAD) if day == today else end


def _is_later(date: str | None, last: int | None) -> bool:
    at = parse_date(date) if date is not None else None
    return at is not None and last is not None and at > last


def _count_badges(assessment: Assessment) -> str:
    holders = len({badge.learner for badge in assessment.held})
    if holders == 0:
        return "no learner holds a badge from before that an award asks for"
    verb = "learner holds" if holders == 1 else "learners hold"
    return f"{holders} {verb} a badge from before that an award asks for: see held.csv"
