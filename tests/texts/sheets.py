"""What tests ask of the sheets that a spreadsheet holds."""

from microcred_cli.texts.sheet import Sheet
from microcred_cli.texts.spreadsheet_reader import read_spreadsheet
from tests.texts.spreadsheets import pack_ods


def read_one(data: bytes) -> Sheet:
    (sheet,) = read_spreadsheet("grades.xlsx", data)
    return sheet


def list_cells(sheet: Sheet) -> list[list[str]]:
    assert sheet.problems == ()
    return [row.cells for row in sheet.rows]


def read_row(data: bytes) -> list[str]:
    (cells,) = list_cells(read_one(data))
    return cells


def list_problems(sheet: Sheet) -> list[tuple[str, int | None, int | None]]:
    return [(problem.message, problem.place.row, problem.place.column) for problem in sheet.problems]


def write_ods_cells(*cells: str) -> bytes:
    return pack_ods({"A": f"<table:table-row>{''.join(cells)}</table:table-row>"})
