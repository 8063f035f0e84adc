"""Write a rubric as other tools and people read it."""

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from microcred_cli import __version__
from microcred_cli.exchange.draft import Exported, Loss
from microcred_cli.files.package_data import read_data
from microcred_cli.files.writing import write_new_files
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import UsageError
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.rubric_format import RubricFormat
from microcred_cli.workflows.find_rubric import lint_named_rubric
from microcred_cli.workflows.read_project import find_project

STDOUT = "-"
_PAGE, _STYLE = "rubric/page.html.j2", "rubric/style.css.j2"
_TEMPLATES = (_PAGE, _STYLE, "report/head.html.j2")


class _Form(NamedTuple):
    """How a format is written: module and function in exchange, and how the names of its files end."""

    module: str
    ending: str
    function: str = "write"


_FORMS = {
    RubricFormat.XLSX: _Form("grids.grid", ".xlsx", "write_as_xlsx"),
    RubricFormat.ODS: _Form("grids.grid", ".ods", "write_as_ods"),
    RubricFormat.CSV: _Form("grids.grid", ".csv"),
    RubricFormat.MARKDOWN: _Form("markdown", ".md"),
    RubricFormat.HTML: _Form("", ".html"),
    RubricFormat.CANVAS: _Form("canvas.rubric", "-canvas.csv"),
    RubricFormat.CANVAS_OUTCOMES: _Form("canvas.outcomes", "-canvas-outcomes.csv"),
    RubricFormat.MOODLE: _Form("moodle.framework", "-moodle.csv"),
    RubricFormat.CASE: _Form("case.document", ".json"),
}
_BY_SUFFIX = {form.ending: kind for kind, form in _FORMS.items() if form.ending.startswith(".")} | {
    ".markdown": RubricFormat.MARKDOWN,
    ".htm": RubricFormat.HTML,
}
BINARY = frozenset({RubricFormat.XLSX, RubricFormat.ODS})
"""The formats that no terminal can show."""


class RubricExport(NamedTuple):
    """What came of an export: what linting says of the rubric, and without errors in it the file.

    ``path`` is None where nothing was written.
    """

    linted: LintedFile
    format: RubricFormat
    path: Path | None = None
    data: bytes = b""
    losses: tuple[Loss, ...] = ()


def choose_format(asked: RubricFormat | None, target: str | None) -> RubricFormat:
    """Return the format that was asked for or that the name of the file tells, else the page to print.

    Raises UsageError where the file's name tells none.
    """
    if asked is not None:
        return asked
    if target is None:
        return RubricFormat.HTML
    advice = f"name it with --format: {', '.join(RubricFormat)}"
    if target == STDOUT:
        raise UsageError("nothing tells as what the rubric is to be printed", advice)
    suffix = Path(target).suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise UsageError(f"the name {target} does not tell the format", advice)
    return _BY_SUFFIX[suffix]


def export_rubric(
    name: str, kind: RubricFormat, target: str | None = None, now: datetime | None = None
) -> RubricExport:
    """Write the rubric of a file, or of an id in the project, as a file that must not exist yet.

    ``target`` is the file, or ``-``: then the bytes are only returned. Without it the file is called after
    the rubric and stands in the current folder. Raises MissingInputError, UnreadableFileError,
    UnknownNameError, UsageError, ExistingFileError and UnwritableError.
    """
    linted = lint_named_rubric(name)
    rubric = linted.rubric
    if rubric is None:
        return RubricExport(linted, kind)
    exported = _write(rubric, kind, now or datetime.now(UTC))
    path = None
    if target != STDOUT:
        path = Path(target or f"{rubric.id}{_FORMS[kind].ending}")
        write_new_files(path.parent, {path.name: exported.data})
    return RubricExport(linted, kind, path, exported.data, exported.losses)


def _write(rubric: Rubric, kind: RubricFormat, moment: datetime) -> Exported:
    if kind is RubricFormat.HTML:
        return Exported(render_page(rubric).encode())
    form = _FORMS[kind]
    write = getattr(import_module(f"microcred_cli.exchange.{form.module}"), form.function)
    exported: Exported = (
        write(rubric) if kind is not RubricFormat.CASE else write(rubric, **_describe(moment))
    )
    return exported


def _describe(moment: datetime) -> dict[str, str]:
    """Return what CASE wants to know beside the rubric: when it was changed, and whose it is."""
    changed = {"changed": moment.astimezone(UTC).replace(microsecond=0).isoformat()}
    project = find_project()
    return changed if project is None else {**changed, "creator": project.project.issuer.name}


def render_page(rubric: Rubric) -> str:
    """Return the rubric as a page to print."""
    # Jinja takes longer to load than all other formats to be written.
    from microcred_cli.rendering.renderer import Renderer  # noqa: PLC0415 - see above
    from microcred_cli.reports.page_frame import describe_style  # noqa: PLC0415
    from microcred_cli.reports.rubric_page import describe_page  # noqa: PLC0415

    renderer = Renderer({name: read_data("templates", name).decode("utf-8") for name in _TEMPLATES})
    style = renderer.embed(_STYLE, describe_style())
    return renderer.render(_PAGE, describe_page(rubric, __version__, style))
