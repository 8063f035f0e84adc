"""The picture of a badge: the one that is drawn for a rubric, and the one that a rubric brings along."""

import base64
import re
import struct
import zlib

from microcred_cli.credentials.colour_schemes import VEIL, choose_scheme
from microcred_cli.credentials.inscription import Lettering, inscribe
from microcred_cli.credentials.lettering import clean_text, find_direction, print_text, shorten_text
from microcred_cli.credentials.rosette import (
    CENTRE,
    MOST_LOBES,
    draw_jewels,
    draw_lobes,
    size_jewels,
    turn_copies,
    write_decimal,
)
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.svg_reader import find_active_content

MAXIMUM_BYTES = 256 * 1024
LEAST_SIDE = 16
MOST_SIDE = 4096

# In em. More than the first fits into no inscription, so that a page of text takes no time.
_LONGEST_INSCRIBED = 60.0
_LONGEST_TITLE = 400.0
_LONGEST_DESCRIPTION = 150.0

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


def describe_picture(rubric: Rubric, issuer: str) -> dict[str, object]:
    """Return what the template of the picture prints for a rubric and the name of its issuer.

    Plain data: the lettering in its place, the ornament with a lobe and a jewel for each sub-competency,
    and the colours. The same rubric and issuer always give the same.
    """
    name = clean_text(rubric.title if rubric.badge is None else rubric.badge.name) or rubric.id
    issuer = clean_text(issuer)
    inscription = inscribe(shorten_text(name, _LONGEST_INSCRIBED), shorten_text(issuer, _LONGEST_INSCRIBED))
    count = min(max(len(rubric.subcompetencies), 1), MOST_LOBES)
    return {
        "anchor": f"b{zlib.crc32(rubric.id.encode()):08x}",
        "language": rubric.language,
        "title": shorten_text(print_text(name), _LONGEST_TITLE),
        "description": _describe_parts(rubric, issuer),
        "colour": choose_scheme(rubric.id)._asdict(),
        "veil": f"{VEIL:.2f}",
        "lobes": draw_lobes(count),
        "turns": list(turn_copies(count)),
        "jewels": draw_jewels(count),
        "jewel": size_jewels(count),
        "name": _describe_lettering(inscription.name, name),
        "rule": write_decimal(CENTRE + inscription.rule),
        "issuer": _describe_lettering(inscription.issuer, issuer),
    }


def _describe_parts(rubric: Rubric, issuer: str) -> str:
    """Return what the picture shows, in the rubric's own words: the issuer and the sub-competencies."""
    titles = " · ".join(clean_text(part.title) for part in rubric.subcompetencies)
    return shorten_text(print_text(": ".join(filter(None, (issuer, titles)))), _LONGEST_DESCRIPTION)


def _describe_lettering(lettering: Lettering, text: str) -> dict[str, object]:
    return {
        "size": write_decimal(lettering.size),
        "direction": find_direction(text),
        "lines": [{"text": line.text, "y": write_decimal(CENTRE + line.y)} for line in lettering.lines],
    }


def wrap_picture(data: bytes) -> bytes | Refusal:
    """Return the picture that a rubric brings along as an SVG: an SVG as it is, a PNG within one.

    Refused, with what to give instead: other kinds, more than 256 KB, a PNG that is damaged or not
    16 to 4096 pixels on each side, an SVG that holds more than a picture.
    """
    if len(data) > MAXIMUM_BYTES:
        return Refusal(
            f"the picture has {-(-len(data) // 1024):,} KB, of at most {MAXIMUM_BYTES // 1024}: every badge "
            "carries it; give a smaller one, such as a PNG of 600 pixels or an SVG without embedded images"
        )
    if data.startswith(_PNG):
        return _wrap_png(data)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        refusal = find_active_content(data)
        return data if refusal is None else Refusal(f"{refusal.reason}; save it as plain SVG, or give a PNG")
    for start, kind in _OTHER_KINDS:
        if start.match(data):
            return Refusal(f"the picture is {kind}; {_INSTEAD}")
    if data[1:4] == b"PNG":
        return Refusal(f"the first bytes of the PNG are damaged, as happens when it is sent as text; {_ANEW}")
    return Refusal(f"the picture is {'of no known kind' if data else 'empty'}; {_INSTEAD}")


def _wrap_png(data: bytes) -> bytes | Refusal:
    """Put a PNG, up to its end chunk, into an SVG of its size."""
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
    width, height = sides
    text = base64.b64encode(data[:end]).decode("ascii")
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size}>'
        f'<image {size} href="data:image/png;base64,{text}"/></svg>'
    ).encode("ascii")


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
