"""The rubric library, the templates and the published standards that the package carries."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def locate_data(kind: str) -> Path:
    """Return the folder of ``rubrics`` or ``templates``: in the wheel, else in the source tree."""
    shipped = _PACKAGE / "_data" / kind
    return shipped if shipped.is_dir() else _PACKAGE.parent / kind


def read_data(kind: str, name: str) -> bytes:
    """Return the bytes of a file of the package's data; ``name`` with forward slashes."""
    return locate_data(kind).joinpath(*name.split("/")).read_bytes()


def list_data(kind: str) -> tuple[str, ...]:
    """Return the names of the files of that kind, sorted, with forward slashes."""
    folder = locate_data(kind)
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))


def read_standard(name: str) -> bytes:
    """Return the bytes of a published context or schema, or of the index of them."""
    return (_PACKAGE / "standards" / name).read_bytes()
