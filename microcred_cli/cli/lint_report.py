"""The findings of `microcred lint`: in the format that was asked for, to where they were asked for."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from microcred_cli.cli.console import find_width, print_message, print_result, wants_color
from microcred_cli.model.errors import UnwritableError, UsageError

if TYPE_CHECKING:
    from microcred_cli.linting.formats.junit import Fails
    from microcred_cli.linting.record import LintedFile


class LintFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"


class Report(NamedTuple):
    """What was asked for: a format (None: what suits), a file, and whether only numbers."""

    format: LintFormat | None
    output_file: str | None
    quiet: bool
    statistics: bool

    def choose_format(self) -> LintFormat:
        """Return the format: in GitHub Actions annotations, unless another was named."""
        if self.format is not None:
            return self.format
        return LintFormat.GITHUB if is_on_github() and self.output_file is None else LintFormat.TEXT


def is_on_github() -> bool:
    """Return whether a runner of GitHub Actions reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def deliver_report(files: "Sequence[LintedFile]", report: Report, fails: "Fails") -> None:
    """Print the findings, or write them to the file."""
    format_ = report.choose_format()
    _deliver(_render(format_, files, report, fails), report.output_file)
    if report.output_file is not None:
        from microcred_cli.linting.formats.text import sum_up

        print_message(f"{sum_up(files)} See {report.output_file}.", quiet=report.quiet)
    if format_ is LintFormat.GITHUB:
        _summarize(files)


def _render(format_: LintFormat, files: "Sequence[LintedFile]", report: Report, fails: "Fails") -> str:  # noqa: PLR0911 - one for each format
    if report.statistics:
        from microcred_cli.linting.formats import statistics

        return statistics.render_json(files) if format_ is LintFormat.JSON else statistics.render(files)
    match format_:
        case LintFormat.TEXT:
            from microcred_cli.linting.formats import text

            if report.output_file is not None:
                return text.render(files, summary=not report.quiet)
            color, width = wants_color(sys.stdout), find_width()
            return text.render(files, color=color, summary=not report.quiet, width=width)
        case LintFormat.CONCISE:
            from microcred_cli.linting.formats import concise

            return concise.render(files)
        case LintFormat.JSON:
            from microcred_cli.linting.formats import json

            return json.render(files)
        case LintFormat.GITHUB:
            from microcred_cli.linting.formats import github

            return github.render(files, summary=not report.quiet)
        case LintFormat.GITLAB:
            from microcred_cli.linting.formats import gitlab

            return gitlab.render(files)
        case LintFormat.SARIF:
            from microcred_cli.linting.formats import sarif

            # GitHub opens an alert for what is suppressed, too.
            return sarif.render(files, suppressed=not is_on_github())
        case LintFormat.JUNIT:
            from microcred_cli.linting.formats import junit

            return junit.render(files, fails)


def refuse_replacing_rubric(output_file: str | None) -> None:
    """Raise UsageError where the findings would replace a YAML file: a shell may have put it there."""
    if output_file is not None and output_file.endswith((".yaml", ".yml")) and os.path.exists(output_file):  # noqa: PTH110 - no pathlib needed
        message = f"--output-file: {output_file} exists, and may be what is to be linted"
        raise UsageError(message, "name another file")


def _deliver(rendered: str, output_file: str | None) -> None:
    """Print the findings, or write them to the file, which a later run may replace."""
    if output_file is None:
        if rendered:
            print_result(rendered)
        return
    try:
        with open(output_file, "w", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123 - no pathlib needed
            stream.write(f"{rendered}\n" if rendered else "")
    except OSError as error:
        raise UnwritableError(output_file, error.strerror or "") from error


def _summarize(files: "Sequence[LintedFile]") -> None:
    """Add the findings to the page of the job, where there is one; the log has them in any case."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if not page:
        return
    from microcred_cli.linting.formats import github

    with suppress(OSError), open(page, "a", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123 - as above
        stream.write(github.render_summary(files))
