"""The door to the disk and to the package's own data."""
