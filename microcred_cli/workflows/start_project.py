"""Start a project: the files of a folder in which every command works at once."""

import json
from pathlib import Path

from microcred_cli.exchange.project_file import fill_project_file
from microcred_cli.files.package_data import read_data
from microcred_cli.files.writing import write_new_files
from microcred_cli.model.errors import UsageError
from microcred_cli.model.file_names import PROJECT_FILE
from microcred_cli.schema.project import describe_project, read_project
from microcred_cli.schema.reading import Description
from microcred_cli.schema.rubric import describe_rubric
from microcred_cli.texts.yaml_reader import read_yaml_text
from microcred_cli.workflows.browse_rubrics import find_rubric

GRADEBOOK = "gradebook.csv"
_FIRST_RUBRIC = "teamwork"
_RUBRICS = "rubrics"
_RUBRIC_SCHEMA = "schema/rubric.schema.json"
_PROJECT_SCHEMA = "schema/project.schema.json"
_CHECK = ".github/workflows/lint-rubrics.yml"
_IGNORED = ".gitignore"


def start_project(
    folder: Path, *, name: str | None = None, url: str | None = None, rubric: str | None = None
) -> tuple[str, ...]:
    """Write a project into a folder and return the names of its files, relative to the folder.

    ``name`` and ``url`` are the issuer's; None leaves what the template says. ``rubric`` is the name of one
    of the library. Raises UnknownNameError when it is none, UsageError when one of the others cannot stand in
    a project file, ExistingFileError when any of the files exists, and UnwritableError; then nothing is
    written.
    """
    shelved = find_rubric(rubric or _FIRST_RUBRIC)
    # That of the first rubric is an export as Canvas writes it, with all that comes along in one.
    gradebook = _read_template(GRADEBOOK) if shelved.name == _FIRST_RUBRIC else shelved.read_sample()
    files = {
        PROJECT_FILE: _write_project_file(name, url).encode(),
        **{f"{_RUBRICS}/{each}": data for each, data in shelved.read_files().items()},
        _RUBRIC_SCHEMA: _write_schema(describe_rubric()),
        _PROJECT_SCHEMA: _write_schema(describe_project()),
        GRADEBOOK: gradebook,
        _CHECK: _read_template("lint-rubrics.yml"),
        _IGNORED: _read_template("gitignore"),
    }
    write_new_files(folder, files)
    return tuple(files)


def _write_project_file(name: str | None, url: str | None) -> str:
    template = _read_template(PROJECT_FILE).decode()
    if name is not None:
        name = name.strip()
        _check_answer("--name", name, fill_project_file(template, name=name))
    if url is not None:
        url = url.strip()
        _check_answer("--url", url, fill_project_file(template, url=url))
    return fill_project_file(template, name=name, url=url)


def _check_answer(option: str, answer: str, text: str) -> None:
    """Refuse an answer with which the project file would not be read again, or not as it was meant."""
    if len(answer.splitlines()) > 1:
        message = f"{option}: it has to fit on one line"
        raise UsageError(message)
    document = read_yaml_text(text)
    _, findings = read_project(document)
    for finding in (*document.findings, *findings):
        message = f"{option}: {finding.message}"
        raise UsageError(message, finding.help or "")


def _write_schema(description: Description) -> bytes:
    return f"{json.dumps(description, indent=2, ensure_ascii=False)}\n".encode()


def _read_template(name: str) -> bytes:
    return read_data("templates", f"project/{name}")
