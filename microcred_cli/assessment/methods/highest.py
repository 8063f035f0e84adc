"""The best score. Canvas ``highest``: max, rounded to 2 decimals at the end."""

from microcred_cli.assessment.formula import Formula

FORMULA = Formula((("the best", "cast(max(p.points) as double)"),))
