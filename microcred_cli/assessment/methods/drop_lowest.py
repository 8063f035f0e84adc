"""The mean of all scores but the n lowest; with n scores or fewer nothing is left, and there is no score."""

from microcred_cli.assessment.formula import KEPT_COUNT, KEPT_TOTAL, Formula, Window

FORMULA = Formula(
    (KEPT_TOTAL, KEPT_COUNT),
    result="case when s.value_2 >= 1 then s.value_1 / s.value_2 end",
    counts="case when p.high <= p.size - g.n then 1 else 0 end",
    windows=frozenset({Window.HIGH, Window.SIZE}),
)
