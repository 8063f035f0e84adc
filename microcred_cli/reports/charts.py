"""The charts: where every mark of an SVG stands.

The marks are data like everything else on a page; the templates draw them, so no text gets past the
escaping. A bar is measured in percent: it fills a phone or a sheet of paper, and its letters keep their size.
"""

from collections.abc import Sequence
from decimal import Decimal

from microcred_cli.model.number_words import write_number, write_score
from microcred_cli.model.results import Piece
from microcred_cli.model.rubric import Rubric
from microcred_cli.reports.palette import COLOURS, Shade

Context = dict[str, object]

# A count stays inside its segment on a page as wide as a phone.
_NARROWEST_LABELLED = 7.0

# The plot of a timeline inside its 320 by 124 units.
_TOP = 18.0
_BOTTOM = 104.0
_LEFT = 28.0
_RIGHT = 318.0
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


def draw_timeline(anchor: str, title: str, order: str, pieces: Sequence[Piece], rubric: Rubric) -> Context:
    """Return the pieces' level points, to be drawn over the rubric's grid; ``order`` is theirs, in words."""
    step = (_RIGHT - _LEFT) / len(pieces)
    across = [round(_LEFT + step * (index + 0.5), 1) for index in range(len(pieces))]
    down = [_place(piece.points, rubric) for piece in pieces]
    scores = [write_score(piece.points, rubric.precision) for piece in pieces]
    marks: list[Context] = []
    if len(pieces) <= _MOST_LABELLED:
        marks = [
            {"x": str(x), "above": str(y - 9), "score": score, "nth": nth}
            for nth, (x, y, score) in enumerate(zip(across, down, scores, strict=True), start=1)
        ]
    return {
        "id": anchor,
        "title": title,
        "description": f"Level points, {order}: {', '.join(scores)}.",
        "line": " ".join(f"{x},{y}" for x, y in zip(across, down, strict=True)),
        # A stroke of no length with round ends is a dot.
        "dots": "".join(f"M{x} {y}h0" for x, y in zip(across, down, strict=True)),
        "marks": marks,
    }


def draw_grid(rubric: Rubric) -> Context:
    """Return what is the same under every timeline of a rubric: a line for each level."""
    lines: list[Context] = [
        {
            "y": str(_place(level.points, rubric)),
            "label": write_number(level.points),
            "shown": level.id == rubric.shown_at,
        }
        for level in rubric.levels
    ]
    return {"lines": lines, "colour": dict(COLOURS)}


def _place(points: Decimal, rubric: Rubric) -> float:
    bottom = min(Decimal(0), rubric.levels[0].points)
    height = rubric.levels[-1].points - bottom
    share = float((points - bottom) / height) if height else 0.0
    return round(_BOTTOM - min(max(share, 0.0), 1.0) * (_BOTTOM - _TOP), 1)


def _percent(share: float) -> str:
    return f"{share:.2f}%"
