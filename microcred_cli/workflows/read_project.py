"""The project file of the folder the user is in."""

from dataclasses import dataclass
from pathlib import Path

from microcred_cli.files.reading import RUBRIC_SUFFIXES, read_file
from microcred_cli.linting.engine import lint_project
from microcred_cli.model.errors import UsageError
from microcred_cli.model.file_names import PROJECT_FILE
from microcred_cli.model.finding import Severity
from microcred_cli.model.project import Project
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES
from microcred_cli.workflows.find_project_file import find_project_file

LEDGER = "ledger.db"


@dataclass(frozen=True, slots=True)
class ProjectFolder:
    """A project and the folder its paths are relative to."""

    folder: Path
    project: Project

    @property
    def rubrics(self) -> tuple[Path, ...]:
        """Where the rubrics are."""
        return tuple(self.folder / path for path in self.project.rubrics)

    @property
    def output(self) -> Path:
        """Where assessments go."""
        return self.folder / self.project.output

    @property
    def keys(self) -> Path:
        """Where the signing keys are."""
        return self.folder / self.project.keys

    @property
    def overrides(self) -> Path:
        """Where persons decide in place of methods, if they do."""
        return self.folder / "overrides.csv"

    @property
    def badges(self) -> Path:
        """Where the badges are published."""
        return self.folder / "badges"

    @property
    def ledger(self) -> Path:
        """Where it is recorded what was issued."""
        return self.folder / LEDGER


def choose_output(project: ProjectFolder | None) -> Path:
    """Return where assessments are when nobody says: the project's folder for them, else ``out``."""
    return Path("out") if project is None else project.output


def choose_rubrics_folder(project: ProjectFolder | None) -> Path:
    """Return where new rubrics go when nobody says: the project's folder for them, else the current one."""
    if project is None:
        return Path()
    return next((path for path in project.rubrics if path.suffix not in RUBRIC_SUFFIXES), project.folder)


def find_project() -> ProjectFolder | None:
    """Return the project of the current folder or of the nearest one above that has a project file.

    Raises UsageError when the project file is at fault.
    """
    path = find_project_file()
    if path is None:
        return None
    linted = lint_project(path.as_posix(), read_file(path, MAXIMUM_BYTES))
    if linted.project is None:
        errors = (each.message for each in linted.findings if each.severity is Severity.ERROR)
        reason = next(errors, "it is empty")
        raise UsageError(f"{PROJECT_FILE} has errors: {reason}", f"run `microcred lint {path.as_posix()}`")
    return ProjectFolder(path.parent, linted.project)
