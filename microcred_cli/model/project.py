"""The project file, ``microcred.yaml``."""

from dataclasses import dataclass, field
from enum import StrEnum

from microcred_cli.model.lint_settings import LintSettings
from microcred_cli.model.settings import GradebookSettings


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who stands behind the badges."""

    name: str
    url: str | None = None
    email: str | None = None


class Form(StrEnum):
    """How a badge holds what it tells of its holder."""

    PLAIN = "plain"
    HASHED = "hashed"


class Results(StrEnum):
    """What a badge tells of each sub-competency that was shown: the level, or the score as well."""

    LEVELS = "levels"
    SCORES = "scores"


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a badge tells of who holds it; None: nothing."""

    name: Form | None = None
    email: Form | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """Paths are as written, relative to the project file."""

    issuer: Issuer
    rubrics: tuple[str, ...] = ("rubrics",)
    gradebook: GradebookSettings = field(default_factory=GradebookSettings)
    output: str = "out"
    keys: str = "keys"
    recipient: Recipient = field(default_factory=Recipient)
    results: Results = Results.LEVELS
    lint: LintSettings = field(default_factory=LintSettings)
