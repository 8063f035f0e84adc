"""The mean of the scores at or above the shown level, once there are n of them; else no score.

Canvas ``n_mastery``: null with fewer than n scores, or fewer than n of them at mastery. A score is
compared as it is, not rounded.
"""

from microcred_cli.assessment.formula import KEPT_COUNT, KEPT_TOTAL, Formula

FORMULA = Formula(
    (KEPT_TOTAL, KEPT_COUNT),
    result="case when s.value_2 >= g.n then s.value_1 / s.value_2 end",
    counts="case when p.points >= g.shown_points then 1 else 0 end",
)
