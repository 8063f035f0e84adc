"""Reading what users name on the command line."""

from pathlib import Path

from microcred_cli.model.errors import MicrocredError, MissingInputError, UnreadableFileError, UsageError

RUBRIC_SUFFIXES = (".yaml", ".yml")


def read_file(path: Path, maximum: int) -> bytes:
    """Return the bytes of a regular file, at most one more than ``maximum``.

    So that a reader can see that a file is too large without holding it. Raises MissingInputError,
    UnreadableFileError and, for a folder, UsageError.
    """
    if not path.exists():
        raise MissingInputError(str(path), "check the path; it is relative to the folder you are in")
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    if not path.is_file():
        raise UnreadableFileError(str(path), "it is not a regular file")
    try:
        with path.open("rb") as stream:
            return stream.read(maximum + 1)
    except OSError as error:
        raise UnreadableFileError(str(path), error.strerror or "") from error


def is_file(path: Path) -> bool:
    """Return whether there is a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_beside(path: Path, maximum: int) -> bytes | None:
    """Return the bytes of a file, at most one more than ``maximum``; None where it cannot be read."""
    try:
        return read_file(path, maximum)
    except (MicrocredError, OSError):
        return None


def list_files(folder: Path, suffixes: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the files below a folder with one of the suffixes, sorted; hidden ones are passed over."""
    found = []
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in suffixes and not hidden and path.is_file():
            found.append(path)
    return tuple(sorted(found))
