"""The newest score. Canvas ``latest``: the last by date, undated ones oldest."""

SCORE = "cast(max(case when p.back = 1 then p.points end) as double)"
