"""The project file of the folder the user is in."""

from dataclasses import dataclass
from pathlib import Path

from microcred_cli.files.reading import read_file
from microcred_cli.model.errors import UsageError
from microcred_cli.model.project import Project
from microcred_cli.schema.project import FILE_NAME, read_project
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES, read_yaml


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


def find_project(start: Path) -> ProjectFolder | None:
    """Return the project of a folder or of the nearest one above that has a project file.

    Paths stay relative where the project is in the folder itself. Raises UsageError when the project
    file is at fault.
    """
    resolved = start.resolve()
    for folder in (resolved, *resolved.parents):
        path = folder / FILE_NAME
        if not path.is_file():
            continue
        document = read_yaml(read_file(path, MAXIMUM_BYTES))
        project, findings = read_project(document)
        if project is None:
            first = (
                (*document.findings, *findings)[0].message
                if (*document.findings, *findings)
                else "it is empty"
            )
            raise UsageError(f"{FILE_NAME} has errors: {first}", f"run `microcred lint {FILE_NAME}`")
        return ProjectFolder(start if folder == resolved else folder, project)
    return None
