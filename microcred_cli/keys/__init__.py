"""Signing keys to bytes and back: the private half as an encrypted PEM, the public half as JSON."""
