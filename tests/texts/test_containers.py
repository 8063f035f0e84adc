import pytest

from microcred_cli.texts.containers import (
    BoundedArchive,
    Container,
    RefusedArchiveError,
    detect_container,
)
from tests.texts.spreadsheets import CONTENT_TYPES, ODS_TYPE, pack, write_ods, write_xlsx


@pytest.mark.parametrize(
    ("data", "container"),
    [
        (write_xlsx([["a"]]), Container.XLSX),
        (write_ods([["a"]]), Container.ODS),
        (pack({"mimetype": f"{ODS_TYPE}-template", "content.xml": ""}), Container.ODS),
        (pack({"content.xml": "", "META-INF/manifest.xml": ""}), Container.ODS),
        (pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), Container.ZIP),
        (pack({"[Content_Types].xml": CONTENT_TYPES, "xl\\Workbook.xml": ""}), Container.XLSX),
        (pack({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.bin": ""}), Container.XLSB),
        (pack({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": ""}), Container.ZIP),
        (pack({"scores.csv": "id,score\n"}), Container.ZIP),
        (pack({}), Container.ZIP),
        (b"PK\x03\x04", Container.ZIP),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504), Container.OLE2),
        ("id\tscore".encode("utf-16"), Container.TEXT),
        (b"id,score\n", Container.TEXT),
        (b"", Container.TEXT),
    ],
)
def test_a_container_is_told_by_its_content(data: bytes, container: Container) -> None:
    assert detect_container(data) is container


def unpack(data: bytes, path: str, limit: int) -> bytes:
    return b"".join(BoundedArchive(data, limit).unpack(path))


def test_the_limit_is_for_all_entries_together() -> None:
    archive = BoundedArchive(pack({"a": "x" * 60, "b": "x" * 41}), 100)
    assert b"".join(archive.unpack("A")) == b"x" * 60
    with pytest.raises(RefusedArchiveError, match="more than 100 bytes"):
        list(archive.unpack("b"))


def test_sizes_that_an_archive_declares_are_not_believed() -> None:
    data = pack({"a": "x" * 100_000})
    # Both headers say that one byte is all.
    lying = data.replace((100_000).to_bytes(4, "little"), (1).to_bytes(4, "little"))
    with pytest.raises(RefusedArchiveError, match="damaged"):
        unpack(lying, "a", 1_000_000)


def test_an_entry_is_refused_that_cannot_be_unpacked() -> None:
    data = pack({"a": "x" * 1_000})
    start = data.index(b"PK\x01\x02")
    encrypted = data[: start + 8] + b"\x01" + data[start + 9 :]
    with pytest.raises(RefusedArchiveError, match="password"):
        unpack(encrypted, "a", 1_000_000)
    with pytest.raises(RefusedArchiveError, match="missing"):
        unpack(data, "b", 1_000_000)
    with pytest.raises(RefusedArchiveError, match="same name"):
        BoundedArchive(pack({"A": "", "a": ""}), 1_000)
    with pytest.raises(RefusedArchiveError, match="more than 10,000 entries"):
        BoundedArchive(pack({str(number): "" for number in range(10_001)}), 1_000)
