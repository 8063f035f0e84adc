"""Tables that are too large for records, and go through the engine."""
