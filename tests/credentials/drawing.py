"""Badges drawn as the program draws them; as a program, it makes the picture of the README anew.

.venv/bin/python -m tests.credentials.drawing
"""

from pathlib import Path

from microcred_cli.credentials.picture import describe_picture
from microcred_cli.files.package_data import locate_data, read_data
from microcred_cli.model.rubric import BadgeDetails, Rubric
from microcred_cli.rendering.renderer import Renderer
from microcred_cli.workflows.read_rubrics import read_rubric_files
from tests.reports.builder import build_rubric
from tests.shared import ROOT

EXAMPLE = ROOT / "docs" / "badge.svg"

_TEMPLATE = "badge/badge.svg.j2"


def build_named(name: str, count: int = 4, rubric_id: str = "teamwork", language: str = "en") -> Rubric:
    """Return a rubric of that badge name and so many sub-competencies."""
    rubric = build_rubric(rubric_id)
    parts = rubric.subcompetencies
    parts = tuple(parts[nth % len(parts)]._replace(id=f"part-{nth}") for nth in range(count))
    return rubric._replace(subcompetencies=parts, language=language, badge=BadgeDetails(name))


def draw_badge(rubric: Rubric, issuer: str = "Example College") -> str:
    renderer = Renderer({_TEMPLATE: read_data("templates", _TEMPLATE).decode("utf-8")})
    return renderer.render(_TEMPLATE, describe_picture(rubric, issuer))


def draw_example() -> str:
    """Return the badge of the rubric library's Teamwork."""
    (file,) = read_rubric_files([Path(locate_data("rubrics")) / "soft-skills" / "teamwork.yaml"])
    return f"{draw_badge(file.rubric)}\n"


if __name__ == "__main__":
    EXAMPLE.write_bytes(draw_example().encode())
