"""The charts: where every mark of an SVG stands, in percent of its width and pixels of its height.

Percentages let a chart fill a phone or a sheet of paper while its letters keep their size. The marks
are data like everything else on a page; the templates draw them, so no text gets past the escaping.
"""

from collections.abc import Sequence
from decimal import Decimal

from microcred_cli.model.decision import Piece
from microcred_cli.model.rubric import Rubric
from microcred_cli.reports.palette import Shade
from microcred_cli.reports.wording import describe_threshold, write_number, write_score

Context = dict[str, object]

# A count stays inside its segment on a page as wide as a phone.
_NARROWEST_LABELLED = 7.0

_TOP = 18.0
_BOTTOM = 104.0
_LEFT = 9.0
_RIGHT = 96.0
_MOST_LABELLED = 8


def stack_bar(anchor: str, title: str, parts: Sequence[tuple[str, int, Shade]]) -> Context:
    """Return a stacked bar: one segment for each part (label, count, shade) that is not empty."""
    total = sum(count for _, count, _ in parts)
    segments: list[Context] = []
    start = 0
    for label, count, shade in parts:
        if count:
            width = 100 * count / total
            segments.append(
                {
                    "x": _percent(100 * start / total),
                    "width": _percent(width),
                    "middle": _percent(100 * start / total + width / 2),
                    "label": f"{label}: {count}",
                    "count": str(count) if width >= _NARROWEST_LABELLED else "",
                    "fill": shade.fill,
                    "ink": shade.ink,
                    "hatched": shade.name == "insufficient",
                }
            )
            start += count
    description = "; ".join(f"{label} {count}" for label, count, _ in parts if count)
    return {"id": anchor, "title": title, "description": description or "No learners", "segments": segments}


def draw_timeline(anchor: str, title: str, pieces: Sequence[Piece], rubric: Rubric) -> Context:
    """Return the pieces' level points in their order, over the levels, with the line of what is shown."""
    threshold = rubric.level(rubric.shown_at).points
    top = max(rubric.levels[-1].points, *(piece.points for piece in pieces))
    bottom = min(Decimal(0), rubric.levels[0].points, *(piece.points for piece in pieces))
    height = float(top - bottom) or 1.0

    def place(points: Decimal) -> float:
        return round(_BOTTOM - float(points - bottom) / height * (_BOTTOM - _TOP), 1)

    step = (_RIGHT - _LEFT) / len(pieces)
    across = [_percent(_LEFT + step * (index + 0.5)) for index in range(len(pieces))]
    down = [place(piece.points) for piece in pieces]
    scores = [write_score(piece.points, rubric.precision) for piece in pieces]
    few = len(pieces) <= _MOST_LABELLED
    dots: list[Context] = [
        {"x": x, "y": str(y), "above": str(y - 8), "score": score if few else "", "nth": str(number) if few else ""}
        for number, (x, y, score) in enumerate(zip(across, down, scores, strict=True), start=1)
    ]
    lines: list[Context] = [
        {"x1": across[index], "y1": str(down[index]), "x2": across[index + 1], "y2": str(down[index + 1])}
        for index in range(len(pieces) - 1)
    ]
    grid: list[Context] = [
        {"y": str(place(level.points)), "label": write_number(level.points), "shown": level.id == rubric.shown_at}
        for level in rubric.levels
    ]
    return {
        "id": anchor,
        "title": title,
        "description": (
            f"Level points, oldest first: {', '.join(scores)}. Shown from {write_number(threshold)}."
        ),
        "caption": f"Level points in the order of the evidence; the dashed line is {describe_threshold(rubric)}.",
        "dots": dots,
        "lines": lines,
        "grid": grid,
    }


def _percent(share: float) -> str:
    return f"{share:.2f}%"
