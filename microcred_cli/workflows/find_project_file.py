"""Where the project file is."""

from pathlib import Path

from microcred_cli.model.file_names import PROJECT_FILE


def find_project_file() -> Path | None:
    """Return the project file of the current folder or of the nearest one above, as a relative path."""
    here = Path()
    above = (Path("/".join([".."] * steps)) for steps in range(1, len(here.resolve().parents) + 1))
    return next((path for folder in (here, *above) if (path := folder / PROJECT_FILE).is_file()), None)
