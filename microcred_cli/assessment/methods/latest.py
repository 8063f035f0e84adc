"""The newest score. Canvas ``latest``: the last by date, undated ones oldest."""

from microcred_cli.assessment.formula import Formula, Window

FORMULA = Formula(
    (("the newest", "cast(sum(case when p.back = 1 then p.points end) as double)"),),
    counts="case when p.back = 1 then 1 else 0 end",
    windows=frozenset({Window.BACK}),
)
