"""The best score. Canvas ``highest``: max, rounded to 2 decimals at the end."""

SCORE = "cast(max(p.points) as double)"
