"""The mean of all scores, by weight. Canvas ``average`` for equal weights; weights default to 1."""

SCORE = "cast(sum(p.points * p.weight) as double) / cast(sum(p.weight) as double)"
