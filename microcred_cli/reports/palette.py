"""The colours of the reports, written once for the style sheet and the charts.

Charts need literal colours: WeasyPrint paints an inline SVG black where its fill comes from a custom
property or a rule of the page. No meaning rests on a colour alone; every fill stands beside words.
"""

from typing import NamedTuple

from microcred_cli.model.rubric import Rubric


class Shade(NamedTuple):
    """A fill and the ink that can be read on it."""

    name: str
    fill: str
    ink: str


PAPER = "#ffffff"
WASH = "#f4f6f8"
INK = "#1a1a1a"
SOFT = "#555a60"
ACCENT = "#12406b"
LINE = "#767676"
HAIRLINE = "#d5dae0"
HATCH = "#dcdcdc"
STEP = "#8fb4d6"

COLOURS = {
    "paper": PAPER,
    "wash": WASH,
    "ink": INK,
    "soft": SOFT,
    "accent": ACCENT,
    "line": LINE,
    "hairline": HAIRLINE,
    "hatch": HATCH,
    "step": STEP,
}

TEXT_ON = (
    (INK, PAPER),
    (INK, WASH),
    (SOFT, PAPER),
    (SOFT, WASH),
    (ACCENT, PAPER),
    (ACCENT, WASH),
    (PAPER, ACCENT),
)
"""Every pair of ink and ground that the style sheet puts together, beside the shades."""

NO_LEVEL = Shade("none", "#f2f2f2", INK)
INSUFFICIENT = Shade("insufficient", HATCH, INK)
UNASSESSED = Shade("unassessed", PAPER, INK)

# Light below the level that counts as shown, dark from it up: the border of the two is the decision.
_BELOW = (
    Shade("below-1", "#e6eff8", INK),
    Shade("below-2", "#cfe1f2", INK),
    Shade("below-3", "#a9cbe8", INK),
)
_SHOWN = (
    Shade("shown-1", "#2f6fa8", PAPER),
    Shade("shown-2", "#20578a", PAPER),
    Shade("shown-3", ACCENT, PAPER),
)

SHADES = (*_BELOW, *_SHOWN, NO_LEVEL, INSUFFICIENT, UNASSESSED)


def shade_levels(rubric: Rubric) -> dict[str, Shade]:
    """Return a shade for every level, by id; levels far from each other never share one."""
    ids = [level.id for level in rubric.levels]
    first_shown = ids.index(rubric.shown_at)
    return {**_spread(ids[:first_shown], _BELOW), **_spread(ids[first_shown:], _SHOWN)}


def _spread(ids: list[str], ramp: tuple[Shade, ...]) -> dict[str, Shade]:
    last = max(len(ids) - 1, 1)
    return {level: ramp[index * (len(ramp) - 1) // last] for index, level in enumerate(ids)}
