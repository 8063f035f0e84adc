"""Rubrics and frameworks as CASE 1.1."""
