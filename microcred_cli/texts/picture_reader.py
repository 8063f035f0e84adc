"""The pictures that rubrics bring along for their badges: an SVG or a PNG, and what is wrong with others."""

import re
import struct
import zlib
from typing import NamedTuple

from microcred_cli.model.refusal import Refusal

MAXIMUM_BYTES = 256 * 1024
LEAST_SIDE = 16
MOST_SIDE = 4096

_PNG = b"\x89PNG\r\n\x1a\n"
# https://www.w3.org/TR/png-3/, table 11.1: the bit depths that each colour type may have.
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_CHUNK_START = struct.Struct(">I4s")
_CHUNK_FRAME = 12  # length, kind and checksum
_CHUNK_KIND = re.compile(b"[A-Za-z]{4}")
_HEADER = struct.Struct(">IIBBBBB")
_OTHER_KINDS = (
    (re.compile(rb"\xff\xd8\xff"), "a JPEG"),
    (re.compile(b"GIF8[79]a"), "a GIF"),
    (re.compile(b"RIFF....WEBP", re.DOTALL), "a WebP"),
    (re.compile(b"%PDF-"), "a PDF"),
)
_INSTEAD = "give an SVG or a PNG"
_ANEW = "export it anew, as a PNG or an SVG"
INSTEAD_OF_SVG = "save it as plain SVG, or give a PNG"
"""What to do about an SVG that is refused."""
# The start tag of an SVG's root, behind its declaration and comments; and the size that it gives.
_FARTHEST_ROOT = 10_000
_ROOT = re.compile(rb"<svg\b[^>]{0,4000}>")
_SIDES = re.compile(
    rb"""\s(width|height)\s*=\s*["']\s*([0-9]+(?:\.[0-9]+)?)\s*(px|mm|cm|in|pt|pc|em)?\s*["']"""
)
_VIEW = re.compile(
    rb"""\sviewBox\s*=\s*["']\s*[-+.0-9e]+[\s,]+[-+.0-9e]+[\s,]+([0-9]+(?:\.[0-9]+)?)[\s,]+([0-9]+(?:\.[0-9]+)?)\s*["']"""
)


class Picture(NamedTuple):
    """A picture of a kind that badges take: an SVG, not yet looked into, or a PNG up to its end chunk.

    ``sides`` are the width and height of a PNG, None of an SVG.
    """

    data: bytes
    sides: tuple[int, int] | None = None


def read_picture(data: bytes) -> Picture | Refusal:
    """Return the picture that a rubric brings along, or what to give instead.

    Refused: other kinds, more than 256 KB, a PNG that is damaged or not 16 to 4096 pixels on each side. What
    an SVG holds is left to ``find_active_content``.
    """
    if len(data) > MAXIMUM_BYTES:
        return Refusal(
            f"the picture has {-(-len(data) // 1024):,} KB, of at most {MAXIMUM_BYTES // 1024}: every badge "
            "carries it; give a smaller one, such as a PNG of 600 pixels or an SVG without embedded images"
        )
    if data.startswith(_PNG):
        return _read_png(data)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return Picture(data)
    for start, kind in _OTHER_KINDS:
        if start.match(data):
            return Refusal(f"the picture is {kind}; {_INSTEAD}")
    if data[1:4] == b"PNG":
        return Refusal(f"the first bytes of the PNG are damaged, as happens when it is sent as text; {_ANEW}")
    return Refusal(f"the picture is {'of no known kind' if data else 'empty'}; {_INSTEAD}")


def measure_picture(picture: Picture) -> tuple[float, float] | None:
    """Return width and height, in one unit, that a picture is shown with; None where an SVG names none."""
    if picture.sides is not None:
        return picture.sides
    root = _ROOT.search(picture.data, 0, _FARTHEST_ROOT)
    if root is None:
        return None
    sides = {match[1]: (float(match[2]), match[3] or b"px") for match in _SIDES.finditer(root[0])}
    width, height = sides.get(b"width"), sides.get(b"height")
    if width is not None and height is not None and width[1] == height[1]:
        return width[0], height[0]
    view = _VIEW.search(root[0])
    return None if view is None else (float(view[1]), float(view[2]))


def _read_png(data: bytes) -> Picture | Refusal:
    """Return a PNG up to its end chunk, with its size."""
    sides: tuple[int, int] | None = None
    kinds: set[bytes] = set()
    end = len(_PNG)
    while b"IEND" not in kinds:
        chunk = _read_chunk(data, end)
        if isinstance(chunk, Refusal):
            return chunk
        kind, body = chunk
        if (kind == b"IHDR") != (not kinds):
            return Refusal(f"the PNG does not begin with its one header; {_ANEW}")
        if kind == b"IHDR":
            header = _read_header(body)
            if isinstance(header, Refusal):
                return header
            sides = header
        # Keywords `openbadgecredential` of Open Badges 3.0 and `openbadges` of 2.0.
        if kind in _TEXTS and body.startswith(b"openbadge"):
            return Refusal("the PNG has a badge baked into it already; give the art without the badge")
        kinds.add(kind)
        end += _CHUNK_FRAME + len(body)
    if sides is None or b"IDAT" not in kinds:
        return Refusal(f"the PNG holds no image; {_ANEW}")
    return Picture(data[:end], sides)


def _read_chunk(data: bytes, start: int) -> tuple[bytes, bytes] | Refusal:
    """Return kind and body of the chunk that starts there (PNG, 5.3)."""
    if start + _CHUNK_FRAME > len(data):
        return Refusal(f"the PNG is cut off; {_ANEW}")
    length, kind = _CHUNK_START.unpack_from(data, start)
    if not _CHUNK_KIND.fullmatch(kind):
        return Refusal(f"the PNG is damaged at byte {start:,}; {_ANEW}")
    body_start = start + _CHUNK_START.size
    if length > len(data) - start - _CHUNK_FRAME:
        return Refusal(f"the PNG is cut off; {_ANEW}")
    body = data[body_start : body_start + length]
    checksum = int.from_bytes(data[body_start + length : body_start + length + 4], "big")
    name = kind.decode("ascii")
    if checksum != zlib.crc32(kind + body):
        return Refusal(f"the PNG is damaged in its {name} chunk, at byte {start:,}; {_ANEW}")
    # A capital first letter: nobody who does not know the chunk can show the image.
    if name[0].isupper() and kind not in _CRITICAL:
        return Refusal(f"the PNG has a {name} chunk, which no reader has to know; {_ANEW}")
    return kind, body


def _read_header(body: bytes) -> tuple[int, int] | Refusal:
    """Return width and height (PNG, 11.2.1)."""
    if len(body) != _HEADER.size:
        return Refusal(f"the PNG's header has {len(body)} bytes, not {_HEADER.size}; {_ANEW}")
    width, height, depth, colour, compression, filtering, interlacing = _HEADER.unpack(body)
    if depth not in _DEPTHS.get(colour, ()):
        return Refusal(f"the PNG has colours of type {colour} with {depth} bits, which do not exist; {_ANEW}")
    if compression or filtering or interlacing > 1:
        return Refusal(f"the PNG is packed in a way that does not exist; {_ANEW}")
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        return Refusal(
            f"the PNG has {width:,} × {height:,} pixels, and a badge {LEAST_SIDE} to {MOST_SIDE:,} on each "
            "side; give one of 600 × 600, or an SVG"
        )
    return width, height
