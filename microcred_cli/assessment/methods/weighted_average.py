"""A share of the newest score, the rest from the mean of all older ones; one score is itself.

Canvas UI "Weighted Average", stored as ``decaying_average`` (``RollupScore`` in
instructure/canvas-lms): ``latest * w/100 + mean(older) * (100 - w)/100``.
"""

from microcred_cli.assessment.formula import Formula, Window

FORMULA = Formula(
    (
        ("the newest", "cast(sum(case when p.back = 1 then p.points end) as double)"),
        (
            "mean of the older",
            """cast(sum(case when p.back > 1 then p.points end) as double)
                   / count(case when p.back > 1 then 1 end)""",
        ),
    ),
    result="""case when s.pieces = 1 then s.value_1
              else (s.value_1 * cast(g.latest as double)
                    + s.value_2 * (100 - cast(g.latest as double))) / 100 end""",
    windows=frozenset({Window.BACK}),
)
