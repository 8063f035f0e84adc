"""The colours of the badges: which a rubric has follows from its id alone."""

import zlib
from typing import NamedTuple

WHITE = "#ffffff"

VEIL = 0.94
"""How opaque the ground of the lettering lies over the petals."""


class ColourScheme(NamedTuple):
    """Petals from light to dark, the deep ground, the lettering on it, and an accent."""

    name: str
    light: str
    dark: str
    deep: str
    ink: str
    soft: str
    accent: str


SCHEMES = (
    ColourScheme("harbour", "#5cb0f7", "#2147b3", "#10235c", WHITE, "#d6e6fc", "#ffce6b"),
    ColourScheme("lagoon", "#45ccd6", "#0b608f", "#062f52", WHITE, "#cdeff5", "#ffd07f"),
    ColourScheme("pine", "#4ecb9d", "#0b6a6a", "#053a3d", WHITE, "#d2f2e4", "#ffd98a"),
    ColourScheme("moss", "#b4cc4b", "#3b7a2d", "#15361f", WHITE, "#e9f4cf", "#fff0ad"),
    ColourScheme("copper", "#f6ad4b", "#b4471f", "#451426", WHITE, "#ffe8cf", "#fff0c4"),
    ColourScheme("garnet", "#f58a70", "#a21f4c", "#4b0b2b", WHITE, "#ffe0da", "#ffd694"),
    ColourScheme("orchid", "#f27cb8", "#7c2b93", "#3a1050", WHITE, "#fbdcee", "#ffd79a"),
    ColourScheme("plum", "#ab93f7", "#5a2bab", "#26135c", WHITE, "#e6defc", "#ffc98f"),
)


def choose_scheme(rubric_id: str) -> ColourScheme:
    """Return the scheme of a rubric: always the same for the same id, on every machine."""
    return SCHEMES[zlib.crc32(rubric_id.encode()) % len(SCHEMES)]
