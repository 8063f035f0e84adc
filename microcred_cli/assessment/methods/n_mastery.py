"""The mean of the scores at or above the shown level, once there are n of them; else no score.

Canvas ``n_mastery``: null with fewer than n scores, or fewer than n of them at mastery. A score is
compared as it is, not rounded.
"""

SCORE = """case when count(case when p.points >= g.shown_points then 1 end) >= max(g.n)
         then cast(sum(case when p.points >= g.shown_points then p.points end) as double)
              / count(case when p.points >= g.shown_points then 1 end) end"""
