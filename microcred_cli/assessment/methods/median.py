"""The score in the middle; of an even number, the mean of the two in the middle."""

from microcred_cli.assessment.formula import KEPT_COUNT, KEPT_TOTAL, Formula, Window

FORMULA = Formula(
    (KEPT_TOTAL, KEPT_COUNT),
    result="s.value_1 / s.value_2",
    counts="case when p.high * 2 between p.size and p.size + 2 then 1 else 0 end",
    windows=frozenset({Window.HIGH, Window.SIZE}),
)
