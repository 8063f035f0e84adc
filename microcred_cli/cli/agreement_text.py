"""How far raters agree, on the terminal."""

from collections.abc import Iterator, Sequence

from microcred_cli.assessment.agreement.intervals import MINIMUM_PIECES
from microcred_cli.cli.console import print_result
from microcred_cli.cli.tables import fits, print_table
from microcred_cli.model.agreement import (
    Agreement,
    Estimate,
    Mark,
    MarkedPiece,
    RaterAgreement,
    RubricAgreement,
    Unmeasured,
)
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.safe import safe

MAXIMUM_LISTED = 50
_FIGURES = ("agree", "within\n1 level", "kappa", "AC2", "alpha")
_NUMERIC = frozenset(range(1, 2 + len(_FIGURES)))
_WHY = {
    Unmeasured.TOO_FEW: f"-: no coefficient with fewer than {MINIMUM_PIECES} doubly marked pieces",
    Unmeasured.ONE_LEVEL: "one level: every mark is at the same level, so chance would explain it all",
    Unmeasured.DIFFERENT_SCALES: "scales: those of the rubrics differ in length, so no coefficient over all",
}
_CELLS = {
    Unmeasured.TOO_FEW: "-",
    Unmeasured.ONE_LEVEL: "one level",
    Unmeasured.DIFFERENT_SCALES: "scales",
}


def print_agreement(agreement: RaterAgreement) -> None:
    """Print the figures of every rubric, what they are, the pieces for moderation, and the flips."""
    for each in agreement.rubrics:
        _print_figures(f"{each.rubric.title} {each.rubric.version}", _list_groups(each))
    if len(agreement.rubrics) > 1:
        _print_figures("All rubrics", [("over all", "over all", agreement.over_all)])
    for line in _explain_figures(agreement):
        print_result(safe(line))
    for line in _write_disagreements(agreement):
        print_result(safe(line))
    _print_flips(agreement)


_Group = tuple[str, str, Agreement]
"""Long name, short name, figures."""


def _list_groups(each: RubricAgreement) -> list[_Group]:
    parts = [(part.title, part.id, of_part) for part, of_part in each.parts]
    return [*parts, ("whole rubric", "whole rubric", each.agreement)]


def _print_figures(title: str, groups: Sequence[_Group]) -> None:
    headings = ["sub-competency", "pieces", *_FIGURES]
    rows = [
        [name, str(figures.pieces), *(_join_figure(*each) for each in _write_figures(figures))]
        for name, _, figures in groups
    ]
    if not fits(headings, rows):
        # The intervals go below the figures.
        rows = []
        for _, name, figures in groups:
            values, intervals = zip(*_write_figures(figures), strict=True)
            head, tail = _divide_name(name)
            rows += [[head, str(figures.pieces), *values], [tail, "", *intervals]]
    print_table(headings, rows, title=title, numeric=_NUMERIC)


def _divide_name(name: str) -> tuple[str, str]:
    """Divide a name behind the hyphen or space that is nearest its middle."""
    breaks = [index for index, each in enumerate(name, start=1) if each in "- "]
    middle = min(breaks, key=lambda index: abs(2 * index - len(name)), default=len(name))
    return name[:middle], name[middle:]


def _write_figures(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """Yield each figure and its interval."""
    for share in (agreement.percent, agreement.adjacent):
        if isinstance(share, Unmeasured):
            yield _CELLS[share], ""
        else:
            interval = share.interval
            yield (
                _write_percent(share.value),
                f"{_write_percent(interval.low)[:-1]}–{_write_percent(interval.high)}" if interval else "",
            )
    for coefficient in (agreement.kappa, agreement.ac2, agreement.alpha):
        yield _write_coefficient(coefficient)


def _join_figure(value: str, interval: str) -> str:
    return f"{value} ({interval})" if interval else value


def _write_coefficient(coefficient: Estimate | Unmeasured) -> tuple[str, str]:
    if isinstance(coefficient, Unmeasured):
        return _CELLS[coefficient], ""
    interval = coefficient.interval
    return f"{coefficient.value:.2f}", f"{interval.low:.2f}–{interval.high:.2f}" if interval else ""


def _write_percent(share: float) -> str:
    """Write a share; 100 % stands for all and 0 % for none."""
    percent = round(share * 100)
    if 0 < share < 1:
        percent = min(max(percent, 1), 99)
    return f"{percent}%"


def _explain_figures(agreement: RaterAgreement) -> Iterator[str]:
    columns = agreement.columns
    compared = (
        f"{columns[0]} and {columns[1]}" if columns else "first and second marks; the others: of all marks"
    )
    yield f"raters: {', '.join(agreement.raters)}; figures with their 95% intervals"
    yield f"kappa: Cohen's with quadratic weights, of {compared}"
    yield "AC2: Gwet's with quadratic weights; alpha: Krippendorff's, ordinal"
    groups = [agreement.over_all]
    for each in agreement.rubrics:
        groups += [each.agreement, *(of_part for _, of_part in each.parts)]
    coefficients = [figure for group in groups for figure in (group.kappa, group.ac2, group.alpha)]
    for reason, sentence in _WHY.items():
        if reason in coefficients:
            yield sentence
    if any(isinstance(each, Estimate) and each.interval is None for each in coefficients):
        yield "no interval: too few marks differ to tell how far the coefficient could vary"


def _write_disagreements(agreement: RaterAgreement) -> Iterator[str]:
    rubrics = {each.rubric.id: each.rubric for each in agreement.rubrics}
    # A piece may count toward several sub-competencies.
    pieces: dict[object, list[MarkedPiece]] = {}
    for piece in agreement.disagreements:
        pieces.setdefault((piece.rubric, piece.places), []).append(piece)
    yield ""
    if not pieces:
        yield "No marks are two or more levels apart."
        return
    settled = sum(same[0].agreed is not None for same in pieces.values())
    count = _count(len(pieces), "piece")
    yield f"Marks two or more levels apart: {count}, {settled} of them settled by an agreed mark"
    order = list(rubrics)
    listed = sorted(pieces.values(), key=lambda same: (order.index(same[0].rubric), same[0].learner))
    for same in listed[:MAXIMUM_LISTED]:
        yield from _write_piece(same, rubrics[same[0].rubric])
    if len(pieces) > MAXIMUM_LISTED:
        yield f"… and {len(pieces) - MAXIMUM_LISTED} more; --format json lists all"


def _write_piece(same: Sequence[MarkedPiece], rubric: Rubric) -> Iterator[str]:
    piece = same[0]
    criterion = f", {piece.criterion}" if piece.criterion is not None else ""
    attempt = f", attempt {piece.attempt}" if piece.attempt is not None else ""
    parts = ", ".join(each.subcompetency for each in same)
    yield f"  {piece.learner}: {piece.item}{criterion}{attempt} ({rubric.id}: {parts})"
    for mark in piece.marks:
        yield f"    {mark.rater}: {_describe_mark(mark, rubric)}"
    if piece.agreed is not None:
        yield f"    settled: {_describe_mark(piece.agreed, rubric)}"


def _describe_mark(mark: Mark, rubric: Rubric) -> str:
    level = rubric.levels[mark.rank - 1].title if mark.rank else "below the lowest level"
    date = f", {mark.date}" if mark.date is not None else ""
    points = f"{mark.points.normalize():f}"
    unit = "point" if points == "1" else "points"
    return f"{level} ({points} {unit}){date}  [{mark.place.file}, row {mark.place.row}]"


def _print_flips(agreement: RaterAgreement) -> None:
    print_result()
    if agreement.undecided:
        count = _count(agreement.undecided, "decision")
        print_result(f"With one mark a piece there is too little evidence for {count}, whoever gave it.")
    rest = f"{_count(agreement.decisions, 'decision')} that rest on doubly marked pieces"
    if not agreement.flips:
        print_result(f"First or second mark, the decisions are the same: all {rest}.")
        return
    print_result(f"Whose mark counts decides {len(agreement.flips)} of {rest}:")
    several = len(agreement.rubrics) > 1
    rows = [
        [
            flip.learner,
            f"{flip.rubric}: {flip.subcompetency}" if several else flip.subcompetency,
            flip.first,
            flip.second,
        ]
        for flip in agreement.flips[:MAXIMUM_LISTED]
    ]
    print_table(["learner", "sub-competency", "by the first mark", "by the second"], rows)
    if len(agreement.flips) > MAXIMUM_LISTED:
        print_result(f"… and {len(agreement.flips) - MAXIMUM_LISTED} more; --format json lists all")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
