"""Competency frameworks of Moodle."""
