"""Scores in words: what each was, what it became, how it counted, and why others do not count."""

from collections.abc import Iterator
from decimal import Decimal

from microcred_cli.model.explanation import CountedScore, Explanation, Order
from microcred_cli.model.method import Method
from microcred_cli.model.number_words import write_number, write_percent
from microcred_cli.model.place import Place
from microcred_cli.model.results import Gap, Piece, SetAside
from microcred_cli.model.rubric import Rubric

_BY_LIST = "in the order of the rubric's list of evidence"
_ORDERS = {
    Order.SINGLE: "",
    Order.DATES: "oldest first",
    Order.SOME_DATES: f"oldest first; those without a date stand before the others, {_BY_LIST}",
    Order.DATES_AND_LIST: f"oldest first; those of one date {_BY_LIST}",
    Order.ATTEMPTS: "oldest first, by attempt",
    Order.LIST: f"{_BY_LIST}, as none is dated",
}
_REASONS = {
    SetAside.OTHER_SOURCE: "the item counts scores of another source",
    SetAside.AGREED: "the raters agreed on one mark for this attempt",
    SetAside.REPLACED: "there is a newer score of the same work",
    SetAside.OTHER_ATTEMPT: "of several attempts at an item the {attempts} counts",
    SetAside.TOO_OLD: "older than {within} on {as_of}",
    SetAside.NO_DATE: "only scores of the last {within} count, and nothing says how old it is",
    SetAside.LATE: "late work does not count",
}


def describe_order(order: Order) -> str:
    """Return what put the scores into their order; of a single score nothing."""
    return _ORDERS[order]


def describe_item(row: Piece | Gap) -> str:
    """Return the evidence item, and its criterion where the export has scores by criterion."""
    return row.item if row.criterion is None else f"{row.item}, {row.criterion}"


def describe_place(row: Piece | Gap) -> str:
    """Return file, row and column of the cell; nothing where there is none."""
    return str(Place(row.file, row.row, row.column)) if row.file is not None else ""


def describe_score(piece: Piece) -> str:
    """Return the score as it stood in its cell, and the points possible where they are known."""
    value = f"“{piece.word}”" if piece.value is None else write_number(piece.value)
    return value if piece.possible is None else f"{value} / {write_number(piece.possible)}"


def describe_points(score: CountedScore, explanation: Explanation) -> str:
    """Return how a score became level points, and what late work lost of them, with the numbers."""
    piece, at_most = score.piece, explanation.choice.late.at_most
    text = describe_conversion(score, explanation.rubric)
    if piece.uncut is None or at_most is None:
        return text
    title = explanation.rubric.level(at_most).title
    cut = f"{write_number(piece.uncut)} cut to {write_number(piece.points)}"
    return f"{text}; late: at most {title}, {cut}"


def describe_conversion(score: CountedScore, rubric: Rubric) -> str:
    """Return how a score became level points, with its numbers, before anything is said of late work."""
    piece = score.piece
    before = piece.points if piece.uncut is None else piece.uncut
    points = write_number(before)
    written = describe_score(piece)
    match piece.conversion:
        case "share":
            return f"{written} × {write_number(rubric.levels[-1].points)} = {points}"
        case "cuts":
            cuts = ", ".join(
                f"{rubric.level(level).title} {write_number(share)}%"
                for level, share in score.evidence.cuts.items()
            )
            return f"{written} is {_name_level(rubric, before)} = {points} by the cuts {cuts}"
        case "word":
            return f"{written} is {_name_level(rubric, before)} = {points}"
        case _:
            return f"{written} level {'point' if piece.value == 1 else 'points'}"


def _name_level(rubric: Rubric, points: Decimal) -> str:
    """Return the level whose points the cuts or the words of an item gave."""
    return next((level.title for level in rubric.levels if level.points == points), "a level")


def describe_share(piece: Piece, method: Method) -> str:
    """Return how much of a score went into the result; nothing where that needs no saying."""
    if piece.factor is None:
        return ""
    if method is Method.DECAYING_AVERAGE:
        return f"counts {write_percent(piece.factor)}"
    return "left out" if piece.factor == 0 else ""


def list_details(score: CountedScore, explanation: Explanation) -> Iterator[str]:
    """Yield what else is known of a score that counted: weight, date, rater, source, attempt, share."""
    piece = score.piece
    if piece.weight is not None:
        yield f"weight {write_number(piece.weight)}"
    if piece.date is not None:
        yield piece.date
    if piece.rater is not None:
        yield f"by {piece.rater}"
    if piece.source is not None:
        yield piece.source
    if piece.attempt is not None:
        yield f"attempt {piece.attempt}"
    if share := describe_share(piece, explanation.choice.by):
        yield share


def describe_reason(gap: Gap, explanation: Explanation) -> str:
    """Return why a score was set aside: the reason's name and what it means here."""
    if gap.state not in set(SetAside):
        return gap.state
    reason = _REASONS[SetAside(gap.state)].format(
        within=explanation.choice.within,
        as_of=explanation.as_of or "the day of the assessment",
        attempts=explanation.choice.attempts,
    )
    return f"{gap.state}: {reason}"


def list_gap_details(gap: Gap) -> Iterator[str]:
    """Yield what else is known of a score that was set aside."""
    if gap.date is not None:
        yield gap.date
    if gap.rater is not None:
        yield f"by {gap.rater}"
    if gap.attempt is not None:
        yield f"attempt {gap.attempt}"
