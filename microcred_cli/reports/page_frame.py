"""What every page shares: language, colours, when and with what it was made."""

from collections.abc import Sequence

from microcred_cli.model.assessment import Manifest
from microcred_cli.model.rubric import Rubric
from microcred_cli.reports.charts import Context
from microcred_cli.reports.palette import COLOURS, SHADES
from microcred_cli.reports.wording import write_instant


def describe_frame(manifest: Manifest, rubrics: Sequence[Rubric]) -> Context:
    """Return the part of the context that is the same on every page of an assessment."""
    return {
        "language": rubrics[0].language if rubrics else "en",
        "assessed_at": write_instant(manifest.assessed_at),
        "tool_version": manifest.tool_version,
        "colours": [{"name": name, "colour": colour} for name, colour in COLOURS.items()],
        "shades": [{"name": shade.name, "fill": shade.fill, "ink": shade.ink} for shade in SHADES],
        "colour": COLOURS,
    }
