"""What was meant by a value that is not of its form."""

import pytest

from microcred_cli.schema.forms import DURATION, LANGUAGE, URL, VERSION
from microcred_cli.schema.spellings import spell
from microcred_cli.schema.values import Text


@pytest.mark.parametrize(
    ("form", "text", "meant", "same"),
    [
        (VERSION, "1.0", "1.0.0", True),
        (VERSION, "V1.2.3+5", "1.2.3+5", True),
        (VERSION, "2024", "2024.0.0", False),
        (LANGUAGE, "EN", "en", True),
        (LANGUAGE, "zh_HANT_tw", "zh-Hant-TW", True),
        (LANGUAGE, "es 419", "es-419", True),
        (LANGUAGE, "Français", "fr", False),
        (DURATION, "3 Years", "3 years", True),
        (DURATION, "1YEAR", "1 year", True),
        (DURATION, "3 year", "3 years", True),
        (DURATION, "03 years", "3 years", False),
        (DURATION, "90d", "90 days", False),
        (DURATION, "One week", "1 week", False),
        (DURATION, "P6M", "6 months", False),
        (URL, "Http://example.org/A", "http://example.org/A", True),
        (URL, "example.org", "https://example.org", False),
    ],
)
def test_what_is_meant(form: Text, text: str, meant: str, *, same: bool) -> None:
    assert spell(form.rule, text, form.example) == (meant, same)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (VERSION, "1.0.0.0"),
        (VERSION, "1.0-rc"),
        (VERSION, "first"),
        (DURATION, "6 m"),
        (DURATION, "forever"),
        (DURATION, "3 years or so"),
        (URL, "our page"),
        (URL, "localhost"),
    ],
)
def test_what_could_be_anything(form: Text, text: str) -> None:
    assert spell(form.rule, text, form.example) is None
