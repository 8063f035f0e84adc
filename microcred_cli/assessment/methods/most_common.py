"""The level that most scores are at; of levels with equally many, the one whose newest score is newest.

Brightspace "Most Common" works on levels; the rule for ties is Educate's (the more recent wins).
"""

from microcred_cli.assessment.formula import Formula, Window

FORMULA = Formula(
    (
        ("points of the level", "cast(max(case when p.counts = 1 then coalesce(p.stood, 0) end) as double)"),
        ("scores at the level", "cast(count(case when p.counts = 1 then 1 end) as double)"),
        (
            "scores below the lowest level",
            "cast(nullif(count(case when p.counts = 1 and p.stood is null then 1 end), 0) as double)",
        ),
    ),
    counts="""case when rank() over (partition by p.learner, p.goal order by p.times desc, p.newest) = 1
              then 1 else 0 end""",
    windows=frozenset({Window.BACK, Window.STOOD}),
)
