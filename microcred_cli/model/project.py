"""The project file, ``microcred.yaml``."""

from dataclasses import dataclass, field

from microcred_cli.model.settings import GradebookSettings


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who stands behind the badges."""

    name: str
    url: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """Paths are as written, relative to the project file."""

    issuer: Issuer
    rubrics: tuple[str, ...] = ("rubrics",)
    gradebook: GradebookSettings = field(default_factory=GradebookSettings)
    output: str = "out"
    keys: str = "keys"
