"""Tables of criteria and levels: our own, and those that somebody else drew."""
