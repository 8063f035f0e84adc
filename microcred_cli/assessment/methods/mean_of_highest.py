"""The mean of the n best scores; of all, if there are fewer. Educate: "average of 3 highest"."""

from microcred_cli.assessment.formula import KEPT_COUNT, KEPT_TOTAL, Formula, Window

FORMULA = Formula(
    (KEPT_TOTAL, KEPT_COUNT),
    result="s.value_1 / s.value_2",
    counts="case when p.high <= g.n then 1 else 0 end",
    windows=frozenset({Window.HIGH}),
)
