"""Pictures of badges: the linter says before the end of the term what issuing would say then."""

import struct
import zlib

import pytest

from microcred_cli.credentials.baking import prepare_art
from microcred_cli.credentials.picture import wrap_picture
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.picture_reader import MAXIMUM_BYTES
from tests.linting.samples import RUBRIC

ABOUT_PICTURES = {"unsafe-image", "bad-image", "image-not-square", "missing-image"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">'


def write_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def write_png(width: int, height: int, *more: bytes) -> bytes:
    header = write_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    image = write_chunk(b"IDAT", zlib.compress(bytes(height * (width + 1))))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + image + write_chunk(b"IEND", b"")


def lint_picture(data: bytes | None) -> list[str]:
    """Return the slugs of what is found about a picture."""
    return list_slugs(lint_rubric("r.yaml", RUBRIC.encode(), lambda _: True, lambda _: data))


def list_slugs(linted: LintedFile) -> list[str]:
    return [each.slug for each in linted.findings if each.slug in ABOUT_PICTURES]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"RIFF....WEBP",
        b"%PDF-1.7",
        b"hello",
        write_png(16, 16),
        write_png(4096, 4096),
        write_png(15, 16),
        write_png(4097, 16),
        write_png(16, 16) + b"behind",
        write_png(16, 16)[:-3],
        write_png(16, 16).replace(b"\r\n", b"\n"),
        write_png(16, 16).replace(b"IDAT", b"IDAX"),
        write_png(16, 16, write_chunk(b"iTXt", b"openbadgecredential\0")),
        write_png(16, 16, write_chunk(b"tEXt", b"Author\0me")),
        SVG + b"</svg>",
        b"\xef\xbb\xbf" + SVG + b"</svg>",
        b"\n <svg/>",
        b"<html></html>",
        SVG,
        SVG + b"<script/></svg>",
        SVG + b'<path onclick="x"/></svg>',
        SVG + b'<image href="https://example.org/x.png"/></svg>',
        SVG + b"<style>@import 'x';</style></svg>",
        b"<!DOCTYPE svg>" + SVG + b"</svg>",
        SVG + b" " * (MAXIMUM_BYTES - len(SVG) - 6) + b"</svg>",
        SVG + b" " * MAXIMUM_BYTES + b"</svg>",
    ],
)
def test_what_issuing_refuses_is_an_error(data: bytes) -> None:
    wrapped = wrap_picture(data)
    refused = isinstance(wrapped, Refusal) or isinstance(prepare_art(wrapped), Refusal)
    found = [slug for slug in lint_picture(data) if slug != "image-not-square"]
    assert len(found) == refused


def test_a_picture_that_cannot_be_read() -> None:
    assert lint_picture(None) == ["bad-image"]


def test_a_picture_that_is_not_there_is_told_of_once() -> None:
    linted = lint_rubric("r.yaml", RUBRIC.encode(), lambda _: False, lambda _: None)
    assert list_slugs(linted) == ["missing-image"]


def test_without_a_reader_nothing_is_said_of_what_is_in_it() -> None:
    assert list_slugs(lint_rubric("r.yaml", RUBRIC.encode(), lambda _: True)) == []


def test_without_a_picture_nothing_is_read() -> None:
    def read(name: str) -> bytes:
        raise AssertionError(name)

    text = RUBRIC.replace("  image: teamwork.svg\n", "")
    assert list_slugs(lint_rubric("r.yaml", text.encode(), lambda _: True, read)) == []


def test_many_beginnings_of_an_svg_take_no_time() -> None:
    assert lint_picture(SVG + b"<g/>" + b"<svg " * 50_000 + b"</svg>") == ["unsafe-image"]
