"""What is checked of a badge: one file a check."""
