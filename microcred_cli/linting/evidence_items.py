"""How many evidence items there are to ask for."""

from microcred_cli.model.rubric import SubCompetency
from microcred_cli.texts.names import fold_name


def count_items(subcompetency: SubCompetency, source: str | None = None) -> int:
    """Return the number of different items; with ``source``, of those whose scores may have that source.

    An item that names no source may have scores of any.
    """
    return len(
        {
            fold_name(each.item)
            for each in subcompetency.evidence
            if source is None or each.source in (None, source)
        }
    )
