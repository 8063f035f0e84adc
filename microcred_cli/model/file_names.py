"""Names of files that several rooms know."""

PROJECT_FILE = "microcred.yaml"
