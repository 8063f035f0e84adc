"""Records to the context of a page."""
