"""What every rule says of itself."""

from typing import NamedTuple

from microcred_cli.model.finding import Severity


class Rule(NamedTuple):
    """A rule: its code, its slug, how much its findings weigh, and what it wants in one sentence.

    ``arguable`` marks an error that an instructor may have good reasons for.
    """

    code: str
    slug: str
    severity: Severity
    summary: str
    arguable: bool = False

    @property
    def suppressible(self) -> bool:
        """Whether a comment can silence it: not what makes decisions wrong, nor what is about comments."""
        if self.code.startswith("MC9"):
            return False
        return self.severity is not Severity.ERROR or self.arguable
