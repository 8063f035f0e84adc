"""How many findings there are of which kind."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.model.finding import Severity


class Tally(NamedTuple):
    """Numbers of files, of files with findings that count, of those by severity, and of suppressed ones."""

    files: int
    affected: int
    errors: int
    warnings: int
    infos: int
    suppressed: int


def count_findings(files: Sequence[LintedFile]) -> Tally:
    """Return the numbers for the files."""
    counting = list_counting(files)
    severities = Counter(each.severity for each in counting)
    return Tally(
        len(files),
        len({each.file for each in counting}),
        severities[Severity.ERROR],
        severities[Severity.WARNING],
        severities[Severity.INFO],
        sum(len(file.findings) for file in files) - len(counting),
    )


def list_counting(files: Sequence[LintedFile]) -> list[LintFinding]:
    """Return the findings that are not suppressed, in the order of the files."""
    return [each for file in files for each in file.findings if each.counts]
