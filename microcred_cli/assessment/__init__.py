"""The SQL that decides, the awards, and the explanation of a decision."""
