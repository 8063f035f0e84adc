"""A group of files that get their names only once all of them are on disk."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from microcred_cli.files.creating import create_file, create_folders, create_private_folder, remove_created
from microcred_cli.files.flushing import flush_files, flush_folder
from microcred_cli.files.refusals import explain_refusal, refuse_link
from microcred_cli.files.temporaries import make_temporary_name, remove_temporary


def publish_files(folder: Path, files: Mapping[str, bytes], *, private: frozenset[str] = frozenset()) -> None:
    """Write files into a folder so that each is there whole or not at all, and all are on disk at the end.

    ``files`` by plain name; one that exists is replaced. Those named in ``private`` only their owner may
    read (0600). The folder, and those above it, are created where they are missing. Raises
    UnwritableError; then no temporary file is left, and the files that had their names by then stay. The
    caller gives up on that error: what a disk refused to flush may be lost, though a second try succeeds.
    """
    _check_names((*files, *private))
    if not files:
        return
    with explain_refusal(folder):
        refuse_link(folder)
        created: list[Path] = []
        temporary = folder / make_temporary_name()
        try:
            create_folders(folder, created)
            create_private_folder(temporary)
            paths = {temporary / name: folder / name for name in files}
            for path, target in paths.items():
                create_file(path, files[target.name], private=target.name in private)
            flush_files(paths, [temporary])
            for path, target in paths.items():
                path.replace(target)
            flush_folder(folder)
            for each in created:
                flush_folder(each.parent)
        except BaseException:
            remove_temporary(temporary)
            remove_created(created)
            raise
        with suppress(OSError):
            temporary.rmdir()


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        if not name or name in {".", ".."} or set(name) & set("/\\:\0"):
            message = f"{name!r} is not a plain file name"
            raise ValueError(message)
