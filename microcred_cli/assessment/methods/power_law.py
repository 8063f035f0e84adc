"""The curve y = a x^b through the scores, x = 1 … n from the oldest, read off at the newest.

Least squares on logarithms (Marzano's power law; PowerSchool reads the curve at the last score, others at
the next one). With fewer than three scores there is none. Zero has no logarithm: with a score of zero or
less the plain mean stands in. A steep curve can leave the scale, so the result is at most the top level's
points, or the best score where that is higher.
"""

from microcred_cli.assessment.formula import Formula, Window

_X = "ln(cast(p.size - p.back + 1 as double))"
# The guard stands inside the logarithm: engines may work out both branches of a case.
_Y = "ln(case when p.points > 0 then cast(p.points as double) else 1 end)"
_SLOPE = f"""(count(*) * sum({_X} * {_Y}) - sum({_X}) * sum({_Y}))
                   / nullif(count(*) * sum({_X} * {_X}) - sum({_X}) * sum({_X}), 0)"""

FORMULA = Formula(
    (
        (
            "a",
            f"""case when min(p.points) > 0
                   then exp((sum({_Y}) - {_SLOPE} * sum({_X})) / count(*)) end""",
        ),
        ("b", f"case when min(p.points) > 0 then {_SLOPE} end"),
        ("mean", "cast(sum(p.points) as double) / count(*)"),
        ("the best", "cast(max(p.points) as double)"),
    ),
    result="""case when s.pieces < 3 then null
              when s.value_1 is null then s.value_3
              else least(s.value_1 * power(s.pieces, s.value_2),
                         greatest(cast(g.top as double), s.value_4)) end""",
    windows=frozenset({Window.BACK, Window.SIZE}),
)
