"""ZIP archives: what is read, and what is refused."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.texts.archive_reader import (
    MAXIMUM_ENTRIES,
    Archive,
    read_archive,
    read_sheets,
)
from microcred_cli.texts.sheet import MAXIMUM_BYTES


def pack(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            # Without the time of day, so that the same bytes come out again.
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return data.getvalue()


def list_messages(archive: Archive) -> list[str]:
    return [problem.message for problem in archive.problems]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_files_are_read_in_their_order(method: int) -> None:
    files = {"x/b.csv": b"1,2\n", "x/a.csv": b"", "ä.csv": b"3\n"}
    archive = read_archive("a.zip", pack(files, method))
    assert archive.problems == ()
    assert [(entry.name, entry.data) for entry in archive.entries] == list(files.items())


def test_folders_and_what_macos_adds_are_passed_over() -> None:
    files = {"x/": b"", "x/a.csv": b"1\n", "__MACOSX/x/._a.csv": b"\x00", "x/.DS_Store": b"\x00"}
    archive = read_archive("a.zip", pack(files))
    assert archive.problems == ()
    assert [entry.name for entry in archive.entries] == ["x/a.csv"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../a.csv", "the name of an entry leads out of the archive"),
        ("x/../../a.csv", "the name of an entry leads out of the archive"),
        ("__MACOSX/../a.csv", "the name of an entry leads out of the archive"),
        ("/etc/passwd", "the name of an entry leads out of the archive"),
        ("C:a.csv", "the name of an entry leads out of the archive"),
        ("x\\a.csv", "the name of an entry has a backslash"),
        ("a\n.csv", "the name of an entry has a control character"),
        ("a\x9b.csv", "the name of an entry has a control character"),
    ],
)
def test_names_that_are_refused(name: str, message: str) -> None:
    archive = read_archive("a.zip", pack({"good.csv": b"1\n", name: b"1\n"}))
    assert list_messages(archive) == [message]
    assert [entry.name for entry in archive.entries] == ["good.csv"]
    (problem,) = archive.problems
    assert (problem.place.file, problem.content) == ("a.zip", name)


def test_a_nul_does_not_hide_the_rest_of_a_name() -> None:
    data = pack({"a.csvX.exe": b"1\n"}).replace(b"a.csvX.exe", b"a.csv\x00.exe")
    assert list_messages(read_archive("a.zip", data)) == ["the name of an entry has a control character"]


def test_a_good_name_may_have_points_and_spaces() -> None:
    names = ["1.1_A..B.csv", "..x/a.csv", "a b.csv"]
    archive = read_archive("a.zip", pack(dict.fromkeys(names, b"1\n")))
    assert archive.problems == ()
    assert [entry.name for entry in archive.entries] == names


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused() -> None:
    for second in ("a.csv", "A.csv"):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("a.csv", "1\n")
            archive.writestr(second, "2\n")
        assert list_messages(read_archive("a.zip", data.getvalue())) == [
            "two entries of the archive have one name"
        ]


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(pack({"a.csv": b"1\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert list_messages(read_archive("a.zip", bytes(data))) == ["an entry of the archive is encrypted"]


def test_another_way_of_packing_is_refused() -> None:
    data = pack({"a.csv": b"1\n"}, zipfile.ZIP_BZIP2)
    assert list_messages(read_archive("a.zip", data)) == [
        "an entry of the archive is packed in an unusual way"
    ]


@pytest.mark.parametrize(
    "content", [pack({"b.csv": b"1\n"}), pack({}), b"\x1f\x8b\x08", b"BZh9", b"Rar!\x1a\x07\x00"]
)
def test_an_archive_inside_is_refused_whatever_it_is_called(content: bytes) -> None:
    archive = read_archive("a.zip", pack({"a.csv": content}))
    assert list_messages(archive) == ["an archive inside the archive"]
    assert archive.entries == ()


def test_a_spreadsheet_is_no_archive_of_tables() -> None:
    data = pack({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    assert list_messages(read_archive("a.xlsx", data)) == ["this is a spreadsheet, not an archive of tables"]


def test_at_most_so_many_entries() -> None:
    files = {f"{number}.csv": b"1\n" for number in range(MAXIMUM_ENTRIES)}
    assert len(read_archive("a.zip", pack(files)).entries) == MAXIMUM_ENTRIES
    assert list_messages(read_archive("a.zip", pack({**files, "more.csv": b"1\n"}))) == [
        "the archive has more than 1,000 entries"
    ]


def test_at_most_so_many_bytes_all_together() -> None:
    half = MAXIMUM_BYTES // 2
    assert read_archive("a.zip", pack({"a.csv": bytes(half), "b.csv": bytes(half)})).problems == ()
    archive = read_archive("a.zip", pack({"a.csv": bytes(half), "b.csv": bytes(half + 1)}))
    assert list_messages(archive) == ["the archive holds more than 12,000,000 bytes"]
    assert archive.entries == ()
    assert list_messages(read_archive("a.zip", bytes(MAXIMUM_BYTES + 1))) == [
        "the file has more than 12,000,000 bytes"
    ]


@pytest.mark.parametrize("declared", [0, 10, 2**31])
def test_the_declared_size_is_not_believed(declared: int) -> None:
    true = MAXIMUM_BYTES + 100_000
    data = bytearray(pack({"a.csv": bytes(true)}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature) + offset
        data[start : start + 4] = declared.to_bytes(4, "little")
    archive = read_archive("a.zip", bytes(data))
    assert archive.entries == ()
    assert len(archive.problems) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"PK\x05\x06", pack({"a.csv": b"1\n" * 999})[:-30]],
    ids=["nothing", "a beginning", "an end", "cut off"],
)
def test_a_damaged_archive_is_refused(data: bytes) -> None:
    assert list_messages(read_archive("a.zip", data)) == ["the archive is damaged, or was cut off"]


def test_an_empty_archive_is_refused() -> None:
    assert list_messages(read_archive("a.zip", pack({}))) == ["the archive is empty"]
    assert list_messages(read_archive("a.zip", pack({"x/": b""}))) == ["the archive is empty"]


@given(st.data())
def test_nothing_crashes_on_bytes_that_were_changed(data: st.DataObject) -> None:
    packed = bytearray(pack({"x/a.csv": b"1,2\n" * 20, "b.csv": b"3\n"}))
    for _ in range(data.draw(st.integers(1, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    archive = read_archive("a.zip", bytes(packed[: data.draw(st.integers(0, len(packed)))]))
    assert archive.entries or archive.problems
    for entry in archive.entries:
        assert ".." not in entry.name.split("/")


def test_sheets_are_named_by_archive_and_entry_without_a_folder_of_all() -> None:
    files = {"x/a.csv": b"1,2\n", "x/y/b.csv": b"3\n"}
    sheets = read_sheets(read_archive("a.zip", pack(files)))
    assert [(sheet.file, sheet.rows[0].cells) for sheet in sheets] == [
        ("a.zip/a.csv", ["1", "2"]),
        ("a.zip/y/b.csv", ["3"]),
    ]
    mixed = read_sheets(read_archive("a.zip", pack({"x/a.csv": b"1\n", "x.csv": b"\xff"})))
    assert [sheet.file for sheet in mixed] == ["a.zip/x/a.csv", "a.zip/x.csv"]
    assert [problem.message for problem in mixed[1].problems] == ["the file is not UTF-8"]


def test_the_cells_of_all_sheets_are_bounded_together() -> None:
    wide = ("a" + "," * 9_999 + "\n").encode() * 80
    sheets = read_sheets(read_archive("a.zip", pack({"1.csv": wide, "2.csv": wide, "3.csv": wide})))
    assert [sheet.file for sheet in sheets] == ["a.zip/1.csv", "a.zip/2.csv"]
    assert [problem.message for problem in sheets[-1].problems] == ["more than 1,500,000 cells in all"]
