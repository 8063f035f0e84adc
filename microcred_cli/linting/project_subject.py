"""What a rule about the project file looks at."""

from collections.abc import Callable
from dataclasses import dataclass

from microcred_cli.model.project import Project
from microcred_cli.texts.nodes import Document


@dataclass(frozen=True, slots=True)
class ProjectSubject:
    """A project file of sound structure; ``path_exists`` tells whether there is a path beside it."""

    document: Document
    project: Project
    path_exists: Callable[[str], bool]
