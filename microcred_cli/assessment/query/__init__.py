"""The definition of a decision: one SQL text, composed for what a set of rubrics and gradebooks uses.

docs/deciding.md says the same in words. Values never stand in the text; they come in as parameter tables (see
tables.py). The constructs are those that DuckDB and Spark share. Numbers: exact decimal sums, then double
where a formula needs it, then decimal(18,9), then rounding half away from zero; the level is read from the
rounded value, as Canvas does.

``converted`` → ``sifted`` → ``pieces`` → ``ties`` and ``decisions``; what these rubrics and gradebooks cannot
need is not in the text.
"""
