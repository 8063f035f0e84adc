"""Rounding, half away from zero, to a rubric's number of decimals."""

from collections.abc import Iterable


def compose_rounding(expression: str, precisions: Iterable[int]) -> str:
    """Write the rounding for each precision in use: engines want its number of decimals as a constant.

    The expression is read with nine decimals first: a double that stands for a half is not quite one.
    """
    value = f"cast({expression} as decimal(18,9))"
    used = sorted(set(precisions))
    if len(used) == 1:
        return f"round({value}, {used[0]:d})"
    cases = " ".join(
        f"when {precision:d} then cast(round({value}, {precision:d}) as decimal(18,4))" for precision in used
    )
    return f"case g.precision {cases} end"
