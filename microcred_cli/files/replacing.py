"""A folder of results that is replaced as a whole: all of the new state is there, or all of the old."""

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from microcred_cli.files.creating import create_file, create_folders, create_private_folder, remove_created
from microcred_cli.files.flushing import flush_files, flush_folder
from microcred_cli.files.locking import lock_folder
from microcred_cli.files.refusals import explain_refusal, refuse_link
from microcred_cli.files.temporaries import PREFIX, is_temporary, make_temporary_name, remove_temporary
from microcred_cli.model.errors import ForeignFolderError

MANIFEST = "assessment.json"
MANIFEST_FORMAT = "microcred-assessment/"
_MANIFEST_BYTES = 64_000_000
# What desktops leave in every folder somebody looked into.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def replace_tree(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    owned: frozenset[str],
    private: frozenset[str] = frozenset(),
) -> None:
    """Make the entries of a folder that microcred owns exactly these files.

    ``files`` by name, with forward slashes; ``owned`` names the entries at the top of the folder that are
    microcred's: what is not in ``files`` any more goes, and nothing else is touched. ``private`` names
    files, or folders with all that is in them, which only their owner may read. The manifest is the
    first to go and the last to come, so a folder with a manifest is a whole one. Raises
    ForeignFolderError, LockedFolderError and UnwritableError; then the folder is as it was.
    """
    _check_names(files, owned)
    with explain_refusal(folder):
        _refuse_foreign(folder)
        created: list[Path] = []
        staging = folder / make_temporary_name()
        try:
            create_folders(folder, created)
            with lock_folder(folder):
                create_private_folder(staging)
                _stage(staging / "new", files, private)
                _swap(folder, staging, owned)
                # Nobody else is at work here, so what other runs left behind is nobody's.
                _clear_temporary_folders(folder)
        except BaseException:
            _discard(staging)
            remove_created(created)
            raise


def _check_names(files: Mapping[str, bytes], owned: frozenset[str]) -> None:
    for name in files:
        path = PurePosixPath(name)
        strange = path.is_absolute() or ".." in path.parts or str(path) != name or set(name) & set("\\:\0")
        if strange or path.parts[0] not in owned:
            message = f"{name!r} is not a file below one of the owned entries"
            raise ValueError(message)


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that is not microcred's to write into."""
    refuse_link(folder)
    if not os.path.lexists(folder):
        return
    names = {entry.name for entry in folder.iterdir()}
    if all(name in _LITTER or is_temporary(name) for name in names):
        return
    # A run that was killed while it moved files has left the manifest in its temporary folder.
    candidates = (folder / MANIFEST, *folder.glob(f"{PREFIX}*/*/{MANIFEST}"))
    if not any(_is_manifest(path) for path in candidates):
        raise ForeignFolderError(str(folder), "name another folder, or empty this one yourself")


def _is_manifest(path: Path) -> bool:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MANIFEST_BYTES:
            return False
        manifest = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    written = manifest.get("format") if isinstance(manifest, dict) else None
    return isinstance(written, str) and written.startswith(MANIFEST_FORMAT)


def _stage(root: Path, files: Mapping[str, bytes], private: frozenset[str]) -> None:
    """Write all files below a folder of their own and flush them."""
    root.mkdir()
    folders = {PurePosixPath(): root}
    paths = []
    for name, data in files.items():
        file = PurePosixPath(name)
        for parent in reversed(file.parents[:-1]):
            if parent not in folders:
                folders[parent] = root / parent
                folders[parent].mkdir(0o700 if _is_private(parent, private) else 0o777)
        paths.append(root / file)
        create_file(paths[-1], data, private=_is_private(file, private))
    flush_files(paths, folders.values())


def _is_private(path: PurePosixPath, private: frozenset[str]) -> bool:
    return any(str(each) in private for each in (path, *path.parents))


def _swap(folder: Path, staging: Path, owned: frozenset[str]) -> None:
    """Move the old entries aside and the new ones in, or everything back when that fails."""
    old, new = staging / "old", staging / "new"
    old.mkdir()
    names = sorted(owned, key=lambda name: (name == MANIFEST, name))
    moves = [(folder / name, old / name) for name in reversed(names)]
    moves += [(new / name, folder / name) for name in names]
    begun = []
    try:
        for source, target in moves:
            if os.path.lexists(source):
                begun.append((source, target))
                source.replace(target)
        flush_folder(folder)
    except BaseException:
        for source, target in reversed(begun):
            with suppress(OSError):
                if not os.path.lexists(source):
                    target.replace(source)
        raise


def _discard(staging: Path) -> None:
    """Remove a temporary folder, unless it holds the only copy of what was there before."""
    old = staging / "old"
    with suppress(OSError):
        if not old.is_dir() or not any(old.iterdir()):
            shutil.rmtree(staging, ignore_errors=True)


def _clear_temporary_folders(folder: Path) -> None:
    """Remove the temporary folders of this and earlier runs; a file is none, whatever its name."""
    for path in folder.iterdir():
        if is_temporary(path.name) and path.is_dir():
            remove_temporary(path)
