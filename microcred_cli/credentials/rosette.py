"""The ornament of a badge: a foiled figure as in a rose window, with one lobe for each sub-competency."""

import math

CENTRE = 200.0
MOST_LOBES = 60

_REACH = 187.0
# Where two lobes meet, as a share of the reach: at the edge of the ground that the lettering stands on.
_NOTCH = 0.78
# The one lobe of a figure without notches is a circle out of the centre, so that its turned copies show.
_SHIFT = 15.0
_JEWELS = 168.0


def draw_lobes(count: int) -> str:
    """Return the outline of the figure as the data of an SVG path, its first lobe upright."""
    if count == 1:
        top, size = write_decimal(CENTRE - _REACH), write_decimal(_REACH - _SHIFT)
        return f"M{write_decimal(CENTRE)} {top}a{size} {size} 0 1 1-.1 0z"
    half = math.pi / count
    # Where many lobes would be more than half circles, their notches move outwards.
    rounded = 1 / (math.cos(half) + math.sin(half)) if count > 2 else 0.0  # noqa: PLR2004 - two are, and may be
    notch = _REACH * max(_NOTCH, rounded)
    shift = (_REACH**2 - notch**2) / (2 * (_REACH - notch * math.cos(half)))
    radius = write_decimal(_REACH - shift)
    large = 1 if count == 2 else 0  # noqa: PLR2004 - the one figure whose lobes are more than half circles
    ends = [write_point(notch, half * (2 * lobe + 1)) for lobe in range(count)]
    arcs = [f"A{radius} {radius} 0 {large} 1 {end}" for end in ends]
    return f"M{ends[-1]}{''.join(arcs)}z"


def draw_jewels(count: int) -> str:
    """Return one dot in each lobe, as a path of strokes without length, to be drawn with round ends."""
    return "".join(f"M{write_point(_JEWELS, 2 * math.pi * lobe / count)}h0" for lobe in range(count))


def size_jewels(count: int) -> str:
    """Return how wide the dots are: they stay apart, and no larger than an ornament should be."""
    return "16" if count <= 8 else "13" if count <= 16 else "9" if count <= 30 else "6"  # noqa: PLR2004 - by eye


def turn_copies(count: int) -> tuple[str, str]:
    """Return by how many degrees the two copies behind the figure are turned."""
    return write_decimal(120 / count), write_decimal(240 / count)


def write_point(distance: float, angle: float) -> str:
    """Return the point that far from the centre; the angle runs clockwise from the top."""
    across, down = CENTRE + distance * math.sin(angle), CENTRE - distance * math.cos(angle)
    return f"{write_decimal(across)} {write_decimal(down)}"


def write_decimal(value: float) -> str:
    """Return the number with at most one decimal, the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
