"""Which rubrics a project has, whatever else is wrong with it."""

from microcred_cli.files.reading import RUBRIC_SUFFIXES, is_file, list_files, read_file
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES
from microcred_cli.workflows.read_project import ProjectFolder


def list_rubrics(project: ProjectFolder) -> tuple[Rubric, ...]:
    """Return the rubrics of a project in which the linter finds no error.

    Several may be versions of one: who names the rubrics of an assessment need not have a project that is
    sound as a whole. Raises UnreadableFileError.
    """
    files = [
        file
        for path in project.rubrics
        for file in (list_files(path, RUBRIC_SUFFIXES) if path.is_dir() else (path,))
        if is_file(file)
    ]
    linted = (
        lint_rubric(file.as_posix(), read_file(file, MAXIMUM_BYTES), lambda _: True)
        for file in dict.fromkeys(files)
    )
    return tuple(each.rubric for each in linted if each.rubric is not None)
