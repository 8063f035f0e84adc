"""What a project says of how it is linted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from microcred_cli.model.finding import Severity


@dataclass(frozen=True, slots=True)
class LintSettings:
    """Rules by code, beginning of a code, or slug.

    ``select``: only these (empty: all); ``ignore``: not these; ``per_path``: not these where the path,
    relative to the project, is like the pattern; ``fail_level``: from which severity on the exit status is 1.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fail_level: Severity = Severity.ERROR
