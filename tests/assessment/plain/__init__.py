"""The second evaluator: docs/deciding.md once more, in plain Python and exact fractions, for the tests alone.

It shares no code with the package and none with its SQL; it reads what a user writes, a rubric as the
mapping its YAML holds and a gradebook as rows of text.
"""
