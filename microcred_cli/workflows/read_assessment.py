"""An assessment folder to its records."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from microcred_cli.assessment.folder import read_folder
from microcred_cli.assessment.manifest import MANIFEST, RUBRICS, find_changed, is_large, list_folder
from microcred_cli.files.reading import is_file, read_file
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.errors import BrokenAssessmentError, MissingInputError
from microcred_cli.workflows.read_project import choose_output, find_project

# What the program wrote itself may be larger than what it takes from others.
MAXIMUM_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """An assessment, its folder, and the tables somebody changed since it was written."""

    assessment: Assessment
    folder: Path
    changed: tuple[str, ...]
    files: dict[str, bytes]

    def list_outdated(self) -> tuple[str, ...]:
        """Return the inputs that are still where they were, and say something else now.

        The rubrics are not among them: the assessment holds those it was made by. Overrides that the project
        has now and the assessment has not are.
        """
        inputs = [each for each in self.assessment.manifest.inputs if each.role != "rubric"]
        changed = [
            each.path
            for each in inputs
            if is_file(path := Path(each.path))
            and hashlib.sha256(read_file(path, MAXIMUM_BYTES)).hexdigest() != each.sha256
        ]
        project = find_project()
        if project is not None and is_file(project.overrides):
            overrides = project.overrides.as_posix()
            changed += [overrides] if overrides not in {each.path for each in inputs} else []
        return tuple(changed)


def holds_large(folder: Path | None) -> bool:
    """Return whether the folder that ``read_assessment`` would read is that of a table for the engine."""
    path = (folder or choose_output(find_project())) / MANIFEST
    return is_file(path) and is_large(read_file(path, MAXIMUM_BYTES))


def read_assessment(folder: Path | None) -> StoredAssessment:
    """Return the assessment of a folder; without one, of the project's output folder, or of ``out``.

    Raises MissingInputError and BrokenAssessmentError.
    """
    if folder is None:
        folder = choose_output(find_project())
    if not (folder / MANIFEST).is_file():
        raise MissingInputError(str(folder / MANIFEST), "run `microcred assess GRADEBOOK` first")
    manifest = read_file(folder / MANIFEST, MAXIMUM_BYTES)
    files = {MANIFEST: manifest}
    for name in list_folder(manifest):
        if any((folder / each).is_symlink() for each in (MANIFEST, RUBRICS, name)):
            raise BrokenAssessmentError(str(folder), f"{name} is a link; assess again")
        try:
            files[name] = read_file(folder / name, MAXIMUM_BYTES)
        except MissingInputError as error:
            raise BrokenAssessmentError(str(folder), f"{name} is missing; assess again") from error
    return StoredAssessment(read_folder(files), folder, find_changed(files), files)
