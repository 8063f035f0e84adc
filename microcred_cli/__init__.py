"""microcred: rubrics and gradebook exports in; decisions, reports and Open Badges out."""

# A literal, because reading it from the package's metadata costs a sixth of the start-up time.
__version__ = "0.1.0"
