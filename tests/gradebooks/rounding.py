"""Shares that a system prints as binary fractions, compared as far as those are exact."""

from collections.abc import Mapping
from decimal import Decimal

from microcred_cli.model.gradebook import CellState

_EXACT = Decimal("1e-7")


def round_shares(
    contents: Mapping[tuple[str, str], tuple[CellState, Decimal | None]],
) -> dict[tuple[str, str], tuple[CellState, Decimal | None]]:
    """Return the contents with their shares rounded to seven decimals."""
    return {
        key: (state, None if share is None else share.quantize(_EXACT))
        for key, (state, share) in contents.items()
    }
