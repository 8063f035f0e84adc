"""From what was earned to the documents that are signed: pictures, achievements, credentials."""

import base64
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID, uuid5

from microcred_cli.credentials.achievement import describe_achievement
from microcred_cli.credentials.badge import (
    EarnedAward,
    Particulars,
    describe_badge,
    describe_issuer,
    describe_narrative,
)
from microcred_cli.credentials.library import Document
from microcred_cli.credentials.picture import describe_picture, wrap_picture
from microcred_cli.files.package_data import read_data
from microcred_cli.files.reading import read_file
from microcred_cli.model.project import Project
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.rubric import Rubric
from microcred_cli.rendering.document_renderer import DocumentRenderer
from microcred_cli.rendering.renderer import Renderer
from microcred_cli.texts.json_reader import read_json
from microcred_cli.workflows.read_project import ProjectFolder

_ACHIEVEMENT = "credentials/achievement.json.j2"
_CREDENTIAL = "credentials/credential.json.j2"
_NARRATIVE = "credentials/narrative.md.j2"
_PICTURE = "badge/badge.svg.j2"
TEMPLATES = "templates"
_MAXIMUM_BYTES = 1_000_000
# The namespace of our achievements: a version 5 UUID (RFC 9562) is the same wherever it is worked out.
_NAMESPACE = UUID("6b8c1f0e-52a7-4c5e-9f3c-8a4c0d1b7e25")


def name_achievement(did: str, rubric: Rubric) -> str:
    """Return the id of what an issuer's badge of a rubric is about: one for each version of the rubric."""
    return f"urn:uuid:{uuid5(_NAMESPACE, f'{did} {rubric.id} {rubric.version}')}"


class DocumentMaker:
    """Makes documents from the templates of a project, and from the package's where the project has none."""

    def __init__(self, project: ProjectFolder) -> None:
        self.project: Project = project.project
        read = {
            name: _read_template(project.folder, name) for name in (_ACHIEVEMENT, _CREDENTIAL, _NARRATIVE)
        }
        self._documents = DocumentRenderer(read)
        self._pictures = Renderer({_PICTURE: _read_template(project.folder, _PICTURE)})

    def draw_picture(self, rubric: Rubric, own: bytes | None) -> bytes | Refusal:
        """Return the badge's picture as SVG: the rubric's own, else the one that is drawn for it."""
        if own is not None:
            return wrap_picture(own)
        context = describe_picture(rubric, self.project.issuer.name)
        return self._pictures.render(_PICTURE, context).encode("utf-8")

    def make_achievement(self, rubric: Rubric, identifier: str, picture: bytes) -> Document | Refusal:
        """Return what all badges of a rubric have in common."""
        image = f"data:image/svg+xml;base64,{base64.b64encode(picture).decode('ascii')}"
        return self._make(_ACHIEVEMENT, {"achievement": describe_achievement(rubric, identifier, image)})

    def make_document(
        self, award: EarnedAward, achievement: Document, did: str, particulars: Particulars
    ) -> Document | Refusal:
        """Return a learner's badge, unsigned; ``did`` is the issuer's."""
        narrative = self._documents.render(_NARRATIVE, describe_narrative(award))
        if isinstance(narrative, Refusal):
            return narrative
        context: Mapping[str, object] = {
            "badge": describe_badge(award, self.project, particulars, narrative.strip()),
            "issuer": describe_issuer(self.project.issuer, did),
            "achievement": achievement,
        }
        return self._make(_CREDENTIAL, context)

    def _make(self, template: str, context: Mapping[str, object]) -> Document | Refusal:
        text = self._documents.render(template, context)
        document = text if isinstance(text, Refusal) else read_json(text.encode("utf-8"))
        if isinstance(document, Refusal):
            return (
                document
                if isinstance(text, Refusal)
                else Refusal(f"{template} makes no JSON: {document.reason}")
            )
        if not isinstance(document, dict):
            return Refusal(f"{template} makes no JSON object")
        return document


def _read_template(folder: Path, name: str) -> str:
    """Return a template of the project, or the package's."""
    own = folder / TEMPLATES / name
    data = read_file(own, _MAXIMUM_BYTES) if own.is_file() else read_data(TEMPLATES, name)
    return data.decode("utf-8")
