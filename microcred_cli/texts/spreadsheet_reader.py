"""The strict reader of spreadsheets: XLSX, and ODS of OpenDocument.

Its own, within bounds, from the XML: a reader that hands over bare values says nothing of what makes a value
wrong or unsafe to take — an error, a formula that was never worked out, a share shown as a percentage, digits
that are lost — and fills memory with the blank cells between two that are far apart.
"""

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.containers import BoundedArchive, Container, RefusedArchiveError, detect_container
from microcred_cli.texts.ods_reader import read_ods
from microcred_cli.texts.sheet import MAXIMUM_BYTES, Sheet
from microcred_cli.texts.sheet_draft import RefusedSheetError, SheetBudget, SheetDraft
from microcred_cli.texts.xlsx_reader import read_xlsx
from microcred_cli.texts.xml_stream import ElementMeter, RefusedXmlError

MAXIMUM_UNPACKED = 100_000_000
MAXIMUM_ELEMENTS = 6_000_000
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "open it in the spreadsheet program and save it as .xlsx"


def read_spreadsheet(file: str, data: bytes, *, takes_merged: bool = False) -> tuple[Sheet, ...]:
    """Return the sheets that are not blank, each with the cells as text and the numbers of its rows.

    Numbers are written in full, to 15 digits and nine decimals; a percentage as ``87.5%``, a date as
    ``2026-03-01``, with a time as ``2026-03-01T10:30:00``, truth as ``TRUE`` and ``FALSE``. Blank rows are
    left out, and a row with a cell that is refused. Where there are several sheets, the file of their places
    gives the number of the sheet, counted from 1, blank ones with it. What cannot be read at all is one sheet
    without rows, with the problem.

    ``takes_merged``: a merged cell is its first with blank ones behind it; in a gradebook it is refused, as
    what it says of the cells below it is a guess.
    """
    if len(data) > MAXIMUM_BYTES:
        return _refuse(file, f"the file has more than {MAXIMUM_BYTES:,} bytes")
    container = detect_container(data)
    if container not in {Container.XLSX, Container.ODS}:
        return _refuse(file, *_describe_container(container, data))
    meter, budget = ElementMeter(MAXIMUM_ELEMENTS), SheetBudget(takes_merged=takes_merged)
    try:
        archive = BoundedArchive(data, MAXIMUM_UNPACKED)
        read = read_xlsx if container is Container.XLSX else read_ods
        return _finish(file, read(archive, meter, budget), container)
    except RefusedSheetError as error:
        return _refuse(file, error.reason, error.help, error.row)
    except (RefusedArchiveError, RefusedXmlError) as error:
        return _refuse(file, str(error))


def _finish(file: str, drafts: list[SheetDraft], container: Container) -> tuple[Sheet, ...]:
    filled = [(number, draft) for number, draft in enumerate(drafts, start=1) if not draft.is_blank()]
    if not filled:
        return _refuse(file, "the spreadsheet is empty")
    if len(filled) == 1:
        return (filled[0][1].finish(file, container.value),)
    # By its number: its title may be a learner's name, and places are shown to everyone.
    return tuple(draft.finish(f"{file}, sheet {number}", container.value) for number, draft in filled)


def _describe_container(container: Container, data: bytes) -> tuple[str, str | None]:
    if container is Container.OLE2 and _ENCRYPTED_PACKAGE in data:
        return "the file is protected by a password", "save it without a password"
    if container is Container.OLE2:
        return "this is an Excel file of the old kind (.xls)", _SAVE_AS
    if container is Container.XLSB:
        return "this is a binary Excel file (.xlsb)", _SAVE_AS
    if container is Container.ZIP:
        return "this is an archive or a damaged spreadsheet, not one that can be read", _SAVE_AS
    return "this is no spreadsheet", None


def _refuse(file: str, message: str, advice: str | None = None, row: int | None = None) -> tuple[Sheet, ...]:
    return (Sheet(file, [], problems=(Problem(message, Place(file, row), advice),)),)
