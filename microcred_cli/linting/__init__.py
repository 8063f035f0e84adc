"""Findings from a rubric: engine, suppressions, rules and formats."""
