"""Writing to disk so that nothing half-written is ever taken for a result.

Files are written under a temporary name beside their place, flushed, and only then given their name.
"""

import ctypes
import errno
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from microcred_cli.files.locking import lock_folder
from microcred_cli.model.errors import ExistingFileError, ForeignFolderError, UnwritableError

MANIFEST = "assessment.json"
MANIFEST_FORMAT = "microcred-assessment/"
_MANIFEST_BYTES = 64_000_000
_TEMPORARY = ".microcred-"
# What desktops leave in every folder somebody looked into.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_FEW = 16

_FORBIDDEN = "you may not write there, or another program has it open; close it or name another folder"
_NO_FOLDER = "a file has the name of a folder it needs; rename the file or name another folder"
_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and run it again",
    getattr(errno, "EDQUOT", -1): "your share of the disk is used up; free some space and run it again",
    errno.EROFS: "the disk is read-only; name a folder elsewhere",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ENAMETOOLONG: "the name is too long; name a folder with a shorter one",
    errno.ENOENT: "a folder vanished while it was written to; is another microcred at work there?",
}
# File systems on which a folder cannot be flushed, or a file cannot have two names.
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_NO_LINKS = _UNSUPPORTED | {errno.EPERM, errno.EMLINK}


def write_new_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that must not exist yet; with ``private`` only its owner may read it (0600).

    Raises ExistingFileError and UnwritableError; the name is taken only once all bytes are on disk.
    """
    if os.path.lexists(path):
        raise _refuse_existing([str(path)])
    temporary = path.parent / _make_name()
    with _explain(path):
        try:
            _write(temporary, data, private=private)
            _sync(temporary)
            _publish(temporary, path)
        except FileExistsError as error:
            raise _refuse_existing([str(path)]) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        try:
            _sync_folder(path.parent)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def write_new_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files (by name, with forward slashes) into a folder, all of them or none.

    Folders on the way are created. Raises ExistingFileError, which names every file that exists
    already, before anything is written; and UnwritableError.
    """
    paths = {folder.joinpath(*name.split("/")): data for name, data in files.items()}
    existing = [str(path) for path in paths if os.path.lexists(path)]
    if existing:
        raise _refuse_existing(existing)
    created: list[Path] = []
    try:
        for path, data in paths.items():
            with _explain(path.parent):
                _make_folders(path.parent, created)
            write_new_file(path, data)
            created.append(path)
    except BaseException:
        _remove(created)
        raise


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
    with _explain(folder):
        _refuse_foreign(folder)
        created: list[Path] = []
        staging = folder / _make_name()
        try:
            _make_folders(folder, created)
            with lock_folder(folder):
                # On Windows 0o700 would cut the new files off from what the folder passes on.
                staging.mkdir(0o700 if os.name == "posix" else 0o777)
                _stage(staging / "new", files, private)
                _swap(folder, staging, owned)
                # Nobody else is at work here, so what other runs left behind is nobody's.
                _remove(_list_temporary(folder))
        except BaseException:
            _discard(staging)
            _remove(created)
            raise


def _list_temporary(folder: Path) -> list[Path]:
    """Return the temporary folders of this and earlier runs; a user's file of a like name is none."""
    return [path for path in folder.glob(f"{_TEMPORARY}*") if _is_temporary(path.name) and path.is_dir()]


def _is_temporary(name: str) -> bool:
    return re.fullmatch(re.escape(_TEMPORARY) + "[0-9a-f]{16}", name) is not None


def _make_name() -> str:
    return f"{_TEMPORARY}{secrets.token_hex(8)}"


def _refuse_existing(names: list[str]) -> ExistingFileError:
    *others, last = names
    subject = f"each of {', '.join(others)} and {last}" if others else last
    return ExistingFileError(subject, "nothing was written; move what is there away, or name another folder")


@contextmanager
def _explain(path: Path) -> Iterator[None]:
    """Turn the system's refusal into one that says what to do."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise UnwritableError(str(path), reason) from error


def _write(path: Path, data: bytes, *, private: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600 if private else 0o666), "wb") as stream:
        stream.write(data)


def _publish(temporary: Path, path: Path) -> None:
    """Give a finished file its name, unless something has that name (FileExistsError)."""
    if os.name == "nt":
        os.rename(temporary, path)  # noqa: PTH104 - Path.rename promises no refusal; on Windows this does
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise


def _make_folders(folder: Path, created: list[Path]) -> None:
    """Create a folder and those above it; what was created is added to the list, outermost first."""
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir()
            created.append(each)


def _remove(paths: list[Path]) -> None:
    """Remove what this run created, last first; a folder that others wrote into meanwhile stays."""
    for path in reversed(paths):
        with suppress(OSError):
            if path.is_symlink() or not path.is_dir():
                path.unlink()
            elif path.name.startswith(_TEMPORARY):
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.rmdir()


def _check_names(files: Mapping[str, bytes], owned: frozenset[str]) -> None:
    for name in files:
        path = PurePosixPath(name)
        strange = path.is_absolute() or ".." in path.parts or str(path) != name or set(name) & set("\\:\0")
        if strange or path.parts[0] not in owned:
            message = f"{name!r} is not a file below one of the owned entries"
            raise ValueError(message)


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that is not microcred's to write into."""
    if folder.is_symlink():
        raise UnwritableError(str(folder), "it is a symbolic link; name the folder it leads to")
    if not os.path.lexists(folder):
        return
    names = {entry.name for entry in folder.iterdir()}
    if all(name in _LITTER or _is_temporary(name) for name in names):
        return
    # A run that was killed while it moved files has left the manifest in its temporary folder.
    candidates = (folder / MANIFEST, *folder.glob(f"{_TEMPORARY}*/*/{MANIFEST}"))
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
        _write(paths[-1], data, private=_is_private(file, private))
    if len(paths) <= _FEW or not _sync_file_system(root):
        for path in paths:
            _sync(path)
        for path in folders.values():
            _sync_folder(path)


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
        _sync_folder(folder)
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


def _sync(path: Path) -> None:
    # Windows flushes only what is open for writing.
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Flush the names in a folder, where the system knows such a thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)


def _sync_file_system(folder: Path) -> bool:
    """Flush the whole file system at once, if the system can: 300 files take a third of the time."""
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError, TypeError):
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    finally:
        os.close(descriptor)
    return True
