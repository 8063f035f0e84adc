"""The mean of all scores, by weight. Canvas ``average`` for equal weights; weights default to 1."""

from microcred_cli.assessment.formula import Formula

FORMULA = Formula(
    (
        ("total", "cast(sum(p.points * p.weight) as double)"),
        ("weights", "cast(sum(p.weight) as double)"),
    ),
    result="s.value_1 / s.value_2",
)
