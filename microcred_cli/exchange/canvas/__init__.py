"""Rubrics and outcomes of Canvas."""
