"""What every page shares: language, colours, when and with what it was made."""

from collections.abc import Sequence

from microcred_cli.model.assessment import Manifest
from microcred_cli.model.rubric import Rubric
from microcred_cli.reports.charts import Context
from microcred_cli.reports.palette import COLOURS, SHADES
from microcred_cli.reports.wording import write_instant


def describe_frame(manifest: Manifest, rubrics: Sequence[Rubric], style: str) -> Context:
    """Return what is the same in every page's context; ``style`` is the finished style sheet."""
    return {
        "language": rubrics[0].language if rubrics else "en",
        "assessed_at": write_instant(manifest.assessed_at),
        "tool_version": manifest.tool_version,
        "colour": dict(COLOURS),
        "style": style,
    }


def describe_style() -> Context:
    """Return the context of the style sheet: the palette."""
    return {
        "colours": [{"name": name, "colour": colour} for name, colour in COLOURS.items()],
        "shades": [{"name": shade.name, "fill": shade.fill, "ink": shade.ink} for shade in SHADES],
    }
