"""A share of the newest score, the rest from the mean of all older ones; one score is itself.

Canvas UI "Weighted Average", stored as ``decaying_average`` (``RollupScore`` in
instructure/canvas-lms): ``latest * w/100 + mean(older) * (100 - w)/100``.
"""

SCORE = """case when count(*) = 1 then cast(max(p.points) as double)
         else (cast(sum(case when p.back = 1 then p.points end) as double) * cast(max(g.latest) as double)
               + cast(sum(case when p.back > 1 then p.points end) as double) / (count(*) - 1)
                 * (100 - cast(max(g.latest) as double))) / 100 end"""
