"""Gradebook exports: bytes in, scores and problems out. One file per system."""
