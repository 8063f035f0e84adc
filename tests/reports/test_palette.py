import re
from decimal import Decimal

import pytest

from microcred_cli.files.package_data import locate_data
from microcred_cli.model.rubric import Level
from microcred_cli.reports.palette import LINE, PAPER, SHADES, TEXT_ON, shade_levels
from tests.reports.builder import build_rubric


def measure_luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(one: str, other: str) -> float:
    darker, lighter = sorted((measure_luminance(one), measure_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_what_the_standard_says() -> None:
    assert measure_contrast("#ffffff", "#000000") == pytest.approx(21)
    assert measure_contrast("#2f6fa8", "#ffffff") == pytest.approx(5.3, abs=0.1)


@pytest.mark.parametrize(("ink", "ground"), [*TEXT_ON, *((shade.ink, shade.fill) for shade in SHADES)])
def test_text_can_be_read_on_its_ground(ink: str, ground: str) -> None:
    assert measure_contrast(ink, ground) >= 4.5


def test_borders_stand_out_from_the_paper() -> None:
    assert measure_contrast(LINE, PAPER) >= 3


def test_no_template_has_a_colour_of_its_own() -> None:
    templates = list((locate_data("templates") / "report").glob("*.j2"))
    assert templates != []
    for path in templates:
        assert re.findall(r"(?<!url\()#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("count", range(1, 9))
def test_shown_levels_are_dark_and_the_others_light(count: int) -> None:
    levels = tuple(Level(f"level-{number}", f"Level {number}", Decimal(number)) for number in range(count))
    for shown_at in range(count):
        shades = shade_levels(build_rubric()._replace(levels=levels, shown_at=f"level-{shown_at}"))
        assert list(shades) == [level.id for level in levels]
        kinds = [shade.name.partition("-")[0] for shade in shades.values()]
        assert kinds == ["below"] * shown_at + ["shown"] * (count - shown_at)
