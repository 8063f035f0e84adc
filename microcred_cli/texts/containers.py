"""What kind of file some bytes are, by content, and the entries of a ZIP archive within bounds.

The sizes that an archive declares are never believed: what is unpacked is counted while it is unpacked.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
"""How archives begin, and so spreadsheets; the second is an empty one."""
OLE2_START = bytes.fromhex("D0CF11E0A1B11AE1")
"""How Excel files of the old kind begin, and new ones with a password."""
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_CONTENT = "content.xml"
_MAXIMUM_ENTRIES = 10_000
# An entry of the directory at the end of an archive takes at least this many bytes.
_DIRECTORY_ENTRY = b"PK\x01\x02"
_PIECE = 65_536
_IS_ENCRYPTED = 1
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    OverflowError,
)
"""What the standard library raises on archives that are damaged, cut off or made to harm."""


class Container(StrEnum):
    """The kinds of file that a gradebook may come in, and those that a person takes for one."""

    XLSX = "XLSX"
    XLSB = "XLSB"
    ODS = "ODS"
    ZIP = "ZIP"
    OLE2 = "OLE2"
    TEXT = "text"


class RefusedArchiveError(Exception):
    """The archive cannot be unpacked; the text is a clause that says why."""


class BoundedArchive:
    """The entries of a ZIP archive, unpacked in pieces that together never exceed ``limit`` bytes.

    What cannot be unpacked raises RefusedArchiveError.
    """

    def __init__(self, data: bytes, limit: int) -> None:
        if data.count(_DIRECTORY_ENTRY) > _MAXIMUM_ENTRIES:
            raise RefusedArchiveError(f"the archive has more than {_MAXIMUM_ENTRIES:,} entries")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGES as error:
            raise RefusedArchiveError("the file is damaged: it ends early or was changed") from error
        self._left = limit
        self._limit = limit
        # Spreadsheet programs find their parts whatever the case and the slash.
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._archive.infolist():
            if not entry.filename:
                raise RefusedArchiveError("the archive has an entry without a name")
            name = fold_path(entry.filename)
            if name in self._entries:
                raise RefusedArchiveError("the archive has two entries of the same name")
            self._entries[name] = entry

    def __contains__(self, path: str) -> bool:
        return fold_path(path) in self._entries

    def list_paths(self) -> list[str]:
        """Return the paths of the files in the archive, as they are written there."""
        return [entry.filename for entry in self._entries.values() if not entry.is_dir()]

    def unpack(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of an entry, piece by piece; a missing one is refused."""
        entry = self._entries.get(fold_path(path))
        if entry is None:
            raise RefusedArchiveError("the file is damaged: a part of it is missing")
        if entry.flag_bits & _IS_ENCRYPTED:
            raise RefusedArchiveError("the file is protected by a password")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise RefusedArchiveError("the archive is packed in a way that is not read")
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise RefusedArchiveError(f"the file unpacks to more than {self._limit:,} bytes")
                    yield piece
        except DAMAGES as error:
            raise RefusedArchiveError("the file is damaged: a part of it cannot be unpacked") from error


def detect_container(data: bytes) -> Container:  # noqa: PLR0911 - one a kind
    """Return the kind of file that the bytes are; an archive too damaged to look into is just a ZIP.

    What is none of the others is text, as far as a reader of text can make something of it.
    """
    if data.startswith(OLE2_START):
        return Container.OLE2
    if not data.startswith(ZIP_STARTS):
        return Container.TEXT
    try:
        archive = BoundedArchive(data, _PIECE)
        if "mimetype" in archive and b"".join(archive.unpack("mimetype")).startswith(_ODS_TYPE):
            return Container.ODS
    except RefusedArchiveError:
        return Container.ZIP
    if "xl/workbook.bin" in archive:
        return Container.XLSB
    if "[Content_Types].xml" in archive and any(
        path.startswith("xl/") and path.endswith(".xml") for path in map(fold_path, archive.list_paths())
    ):
        return Container.XLSX
    # Some writers leave the type out.
    if _ODS_CONTENT in archive and "META-INF/manifest.xml" in archive and "mimetype" not in archive:
        return Container.ODS
    return Container.ZIP


def fold_path(path: str) -> str:
    """Return the form of an entry's path in which two paths of one entry are the same."""
    return path.replace("\\", "/").lstrip("/").lower()
