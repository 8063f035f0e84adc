"""Strict readers of untrusted text. They raise nothing: what is wrong comes back as a value."""
