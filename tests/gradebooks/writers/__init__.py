"""Courses written in the layouts of systems, one file each."""
