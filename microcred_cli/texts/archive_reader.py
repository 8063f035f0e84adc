"""The bounded reader of ZIP archives.

Nothing is unpacked to disk, and nothing that an archive says of itself is believed: what comes out is counted
while it comes out. Refused: names that lead elsewhere, encrypted and nested archives, two entries of one
name. What macOS adds is passed over.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.containers import DAMAGES, ZIP_STARTS
from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import MAXIMUM_BYTES, MAXIMUM_CELLS, Sheet

MAXIMUM_ENTRIES = 1_000
_CENTRAL = b"PK\x01\x02"
# ZIP, an empty ZIP, gzip, 7-Zip, RAR, xz, bzip2.
_ARCHIVES = (*ZIP_STARTS, b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\x00", b"BZh")
_SPREADSHEET_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Bits of an entry that say it is encrypted: in the old way, strongly, and with its header too.
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_CHUNK = 65_536
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its name, with the folders it stands in, and what it holds."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of an archive in its order. When there are problems, those that could be read.

    The names of entries may be learners' names, so that problems have them as their ``content``.
    """

    file: str
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_archive(file: str, data: bytes) -> Archive:
    """Return the files that the bytes of an archive hold, with a problem for everything refused.

    At most 1,000 entries, and at most 12 MB both packed and, all together, unpacked.
    """
    if len(data) > MAXIMUM_BYTES:
        return _refuse(file, f"the file has more than {MAXIMUM_BYTES:,} bytes")
    # Counted before anything is made of them.
    if data.count(_CENTRAL) > MAXIMUM_ENTRIES:
        return _refuse(file, f"the archive has more than {MAXIMUM_ENTRIES:,} entries")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _read_entries(file, packed)
    except DAMAGES:
        return _refuse(file, "the archive is damaged, or was cut off")


def read_sheets(archive: Archive) -> tuple[Sheet, ...]:
    """Return the files of an archive, each read as CSV under the name ``archive.zip/entry.csv``.

    A folder that all entries stand in is left out of their names.
    """
    names = [entry.name.split("/") for entry in archive.entries]
    top = {parts[0] for parts in names}
    skipped = 1 if len(top) == 1 and all(len(parts) > 1 for parts in names) else 0
    sheets: list[Sheet] = []
    cells = 0
    for entry, parts in zip(archive.entries, names, strict=True):
        file = "/".join([archive.file, *parts[skipped:]])
        sheet = read_sheet(file, entry.data)
        cells += sum(len(row.cells) for row in sheet.rows)
        if cells > MAXIMUM_CELLS:
            problem = Problem(f"more than {MAXIMUM_CELLS:,} cells in all", Place(file), "divide the archive")
            return (*sheets, Sheet(file, [], problems=(problem,)))
        sheets.append(sheet)
    return tuple(sheets)


def _refuse(file: str, message: str, advice: str | None = None) -> Archive:
    return Archive(file, problems=(Problem(message, Place(file), advice),))


def _read_entries(file: str, packed: zipfile.ZipFile) -> Archive:
    if not _SPREADSHEET_PARTS.isdisjoint(packed.namelist()):
        return _refuse(
            file, "this is a spreadsheet, not an archive of tables", "save each sheet as CSV UTF-8"
        )
    entries: list[Entry] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    left = MAXIMUM_BYTES
    for info in packed.infolist():
        name = info.orig_filename
        refusal = _check_name(name) or _check_entry(info, seen)
        if refusal is None and not _is_passed_over(name):
            data = b"".join(_unpack(packed, info, left))
            left -= len(data)
            if left < 0:
                return _refuse(file, f"the archive holds more than {MAXIMUM_BYTES:,} bytes")
            if data.startswith(_ARCHIVES):
                refusal = "an archive inside the archive"
            else:
                entries.append(Entry(name, data))
        if refusal is not None:
            problems.append(Problem(refusal, Place(file), "pack the archive again without it", content=name))
    if not entries and not problems:
        return _refuse(file, "the archive is empty")
    return Archive(file, tuple(entries), tuple(problems))


def _check_name(name: str) -> str | None:
    """Return why an entry of that name is refused."""
    if not name:
        return "an entry of the archive has no name"
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in name):
        return "the name of an entry has a control character"
    if "\\" in name:
        return "the name of an entry has a backslash"
    if name.startswith("/") or _DRIVE.match(name) is not None or ".." in name.split("/"):
        return "the name of an entry leads out of the archive"
    return None


def _check_entry(info: zipfile.ZipInfo, seen: set[str]) -> str | None:
    folded = fold_name(info.orig_filename)
    if folded in seen:
        return "two entries of the archive have one name"
    seen.add(folded)
    if info.flag_bits & _ENCRYPTED:
        return "an entry of the archive is encrypted"
    if info.compress_type not in _METHODS:
        return "an entry of the archive is packed in an unusual way"
    return None


def _is_passed_over(name: str) -> bool:
    """Return whether it is a folder, or what macOS adds."""
    parts = name.split("/")
    return name.endswith("/") or parts[0] == "__MACOSX" or parts[-1] == ".DS_Store"


def _unpack(packed: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """Yield what an entry holds, and no more than one chunk beyond ``most`` bytes."""
    with packed.open(info) as stream:
        while most >= 0 and (chunk := stream.read(_CHUNK)):
            most -= len(chunk)
            yield chunk
