"""The samples of all systems, to show that none is taken for another's."""

from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.texts.sheet import Sheet
from tests.shared import find_shared


def list_samples(system: str) -> dict[str, list[Sheet]]:
    """Return the shared samples as sheets: under ``own`` those of a system, under ``others`` the rest."""
    folder = find_shared("gradebooks")
    samples: dict[str, list[Sheet]] = {"own": [], "others": []}
    for path in sorted(folder.glob("*/*/*")):
        if path.is_file() and path.suffix in {".csv", ".tsv", ".xls"}:
            kind = "own" if path.parent.name == system else "others"
            samples[kind].append(read_sheet(path.name, path.read_bytes()))
    return samples
