"""The rules, one file each; the docstring of a rule is its documentation."""
