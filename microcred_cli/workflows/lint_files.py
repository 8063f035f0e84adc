"""Lint what was named on the command line, or what the project consists of."""

from collections.abc import Sequence

from microcred_cli.linting.engine import compare_files
from microcred_cli.linting.record import LintedFile
from microcred_cli.workflows.choose_rules import ChosenRules
from microcred_cli.workflows.lint_inputs import LintInput, LintOrder, gather_inputs

# With more files than these, starting further processes takes less time than they save.
MANY = 100


def lint_files(order: LintOrder, rules: ChosenRules) -> tuple[LintedFile, ...]:
    """Return the files that were named, or those of the project, with the findings that count.

    Raises what gather_inputs raises, MissingInputError and UnreadableFileError.
    """
    return tuple(map(rules.keep, _lint(gather_inputs(order))))


def _lint(inputs: Sequence[LintInput]) -> Sequence[LintedFile]:
    if len(inputs) > MANY:
        from microcred_cli.workflows.lint_many import lint_many  # noqa: PLC0415 - most runs have few files

        return lint_many(inputs)
    return compare_files([each.lint(each.read()) for each in inputs])
