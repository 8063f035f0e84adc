"""Mend what the linter finds, in the files or only to show what would change."""

from dataclasses import dataclass

from microcred_cli.files.rewriting import Rewriting, rewrite_files
from microcred_cli.linting.engine import compare_files
from microcred_cli.linting.fixing import FixedFile, fix_file
from microcred_cli.linting.record import LintedFile
from microcred_cli.workflows.choose_rules import ChosenRules
from microcred_cli.workflows.lint_inputs import LintInput, LintOrder, gather_inputs


@dataclass(frozen=True, slots=True)
class FixedFiles:
    """The files that were looked at, each before and after, and what is left to say of them."""

    fixed: tuple[FixedFile, ...]
    files: tuple[LintedFile, ...]

    @property
    def changed(self) -> tuple[FixedFile, ...]:
        """Those that have changed, or would."""
        return tuple(each for each in self.fixed if each.changed)

    @property
    def mended(self) -> int:
        """How many findings there were that are gone."""
        return sum(len(each.mended) for each in self.fixed)


def fix_files(
    order: LintOrder, rules: ChosenRules, *, unsafe: bool = False, write: bool = False
) -> FixedFiles:
    """Return the files that were named, or those of the project, mended; with ``write`` they are changed.

    What the standard input holds is never written. Raises what lint_files raises, and UnwritableError.
    """
    inputs = gather_inputs(order)
    fixed = tuple(_fix(each, rules, unsafe=unsafe) for each in inputs)
    if write:
        pairs = zip(inputs, fixed, strict=True)
        rewrite_files(
            [
                Rewriting(each.path, result.before, result.after)
                for each, result in pairs
                if result.changed and each.data is None
            ]
        )
    files = compare_files([each.linted for each in fixed])
    return FixedFiles(fixed, tuple(map(rules.keep, files)))


def _fix(each: LintInput, rules: ChosenRules, *, unsafe: bool) -> FixedFile:
    return fix_file(each.read(), each.lint, rules.list_codes(each.path), unsafe=unsafe)
