"""Make, list and open the signing keys of a project."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from microcred_cli.files.creating import create_folders, create_private_folder, remove_created
from microcred_cli.files.private import is_exposed
from microcred_cli.files.reading import read_file
from microcred_cli.files.refusals import explain_refusal
from microcred_cli.files.writing import write_new_file
from microcred_cli.keys import pem, public_file
from microcred_cli.keys.private_key import PrivateKey, generate_key
from microcred_cli.model.errors import (
    ExistingFileError,
    ExposedFileError,
    MissingInputError,
    MissingKeyError,
    NoProjectError,
    UnknownNameError,
    UnusableKeyError,
    UsageError,
)
from microcred_cli.model.key import Algorithm, SigningKey
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.suggest import advise_name
from microcred_cli.workflows.read_project import find_project

_PRIVATE = ".pem"
_PUBLIC = ".json"


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """A key and its two files; ``private`` is None where the private half is not in the folder."""

    key: SigningKey
    public: Path
    private: Path | None


@dataclass(frozen=True, slots=True)
class KeyList:
    """The keys of a folder, oldest first, and what in it is no whole key."""

    folder: Path
    keys: tuple[KeyFiles, ...]
    problems: tuple[Problem, ...]


def make_key(
    name: str | None,
    algorithm: Algorithm,
    choose_passphrase: Callable[[], bytes] | None,
    now: datetime | None = None,
) -> KeyFiles:
    """Make a key in the project's folder of keys: two files, or none.

    Without a name it gets the date's (UTC). The passphrase is asked for once all else is known to be
    right; None leaves the key unencrypted. Raises NoProjectError, UsageError for a name that cannot be,
    ExistingFileError, UnwritableError, and what ``choose_passphrase`` raises.
    """
    folder = find_key_folder()
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    name = _find_free_name(folder, moment) if name is None else _check_name(folder, name)
    passphrase = None if choose_passphrase is None else choose_passphrase()
    private = generate_key(algorithm)
    key = public_file.name_key(name, private.public, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    public, secret = folder / f"{name}{_PUBLIC}", folder / f"{name}{_PRIVATE}"
    _write_pair(
        folder,
        (secret, pem.encrypt_key(private, passphrase)),
        (public, public_file.describe_key(key)),
    )
    return KeyFiles(key, public, secret)


def list_keys(folder: Path) -> KeyList:
    """Return the keys of a folder, which need not exist, and what is wrong with any of its files."""
    names = _list_names(folder)
    keys = []
    problems = []
    for name in sorted({*names[_PRIVATE], *names[_PUBLIC]}):
        public, private = folder / f"{name}{_PUBLIC}", folder / f"{name}{_PRIVATE}"
        if name not in names[_PUBLIC]:
            problems.append(_describe_half(name, private))
            continue
        key = public_file.read_key(name, read_file(public, public_file.MAXIMUM_BYTES))
        if isinstance(key, Refusal):
            advice = f"put {public.name} back as it was, from your backup or version control"
            problems.append(Problem(key.reason, Place(public.as_posix()), advice))
        else:
            keys.append(KeyFiles(key, public, private if name in names[_PRIVATE] else None))
    keys.sort(key=lambda each: (each.key.created, each.key.name))
    return KeyList(folder, tuple(keys), tuple(problems))


def show_key(folder: Path, name: str | None, algorithm: Algorithm | None = None) -> KeyFiles:
    """Return the key of that name; without one, the only key there is, or the only one of an algorithm.

    Raises MissingKeyError when there is no key at all, UnknownNameError, UnusableKeyError when a file of
    the key is at fault (or any, when no name was given), and UsageError when there are several keys.
    """
    listed = list_keys(folder)
    for problem in listed.problems:
        if name is None or name == Path(problem.place.file).stem:
            raise UnusableKeyError(f"{problem.place}: {problem.message}", problem.help or "")
    if not listed.keys:
        raise MissingKeyError(folder.as_posix(), "make one: `microcred key new`")
    keys = {each.key.name: each for each in listed.keys}
    if name is None:
        fitting = [each for each in listed.keys if each.key.public.algorithm is algorithm]
        return _choose_only(fitting or listed.keys)
    if name not in keys:
        raise UnknownNameError(f"there is no key `{name}` in {folder.as_posix()}", advise_name(name, keys))
    return keys[name]


def load_private_key(folder: Path, key: SigningKey, ask_passphrase: Callable[[], bytes] | None) -> PrivateKey:
    """Return the private half of a key, checked against the public one.

    The passphrase is asked for only if the file is encrypted. Raises MissingInputError,
    ExposedFileError when others may read the file, UnusableKeyError when it cannot be opened or is that
    of another key, and what ``ask_passphrase`` raises.
    """
    path = folder / f"{key.name}{_PRIVATE}"
    where = path.as_posix()
    if not path.is_file():
        raise MissingInputError(
            where, "the private half of the key is not here; put it back from your backup"
        )
    if is_exposed(path):
        advice = f"run `chmod 600 {where}`; if somebody may have read it, sign with a new key"
        raise ExposedFileError(where, advice)
    data = read_file(path, pem.MAXIMUM_BYTES)
    passphrase = ask_passphrase() if ask_passphrase is not None and pem.is_encrypted(data) else None
    private = pem.decrypt_key(data, passphrase)
    if isinstance(private, Refusal):
        raise UnusableKeyError(
            f"{where}: {private.reason}", "try again, or put the file back from your backup"
        )
    if private.public != key.public:
        raise UnusableKeyError(
            f"{where}: it is not the private half of {key.name}{_PUBLIC}",
            "put the file that belongs to it back from your backup, or make a new key: `microcred key new`",
        )
    return private


def find_key_folder() -> Path:
    """Return the folder of the project's keys, which need not exist. Raises NoProjectError."""
    project = find_project()
    if project is None:
        raise NoProjectError("", "go to your project's folder, or start one: `microcred init`")
    return project.keys


def _check_name(folder: Path, name: str) -> str:
    if not public_file.is_key_name(name):
        raise UsageError(f"`{name}` cannot be the name of a key", public_file.NAME_RULE)
    taken = _find_taken(folder, name)
    if taken is not None:
        raise ExistingFileError(taken.as_posix(), "a key is never overwritten; choose another name")
    return name


def _find_free_name(folder: Path, moment: datetime) -> str:
    day = moment.strftime("%Y-%m-%d")
    names = (day if number == 1 else f"{day}-{number}" for number in count(1))
    return next(name for name in names if _find_taken(folder, name) is None)


def _find_taken(folder: Path, name: str) -> Path | None:
    """Return the file that keeps a name from being used."""
    paths = (folder / f"{name}{ending}" for ending in (_PRIVATE, _PUBLIC))
    return next((path for path in paths if path.exists() or path.is_symlink()), None)


def _write_pair(folder: Path, private: tuple[Path, bytes], public: tuple[Path, bytes]) -> None:
    """Write both files; the public one comes last, so that a key which is listed is whole."""
    created: list[Path] = []
    try:
        with explain_refusal(folder):
            if not folder.is_dir():
                create_folders(folder.parent, created)
                create_private_folder(folder)
                created.append(folder)
        write_new_file(*private, private=True)
        created.append(private[0])
        write_new_file(*public)
    except BaseException:
        remove_created(created)
        raise


def _list_names(folder: Path) -> dict[str, set[str]]:
    """Return the names, without ending, of the files a folder of keys has, by their ending."""
    names: dict[str, set[str]] = {_PRIVATE: set(), _PUBLIC: set()}
    if folder.is_dir():
        for path in folder.iterdir():
            if path.suffix in names and not path.name.startswith(".") and path.is_file():
                names[path.suffix].add(path.stem)
    return names


def _describe_half(name: str, private: Path) -> Problem:
    return Problem(
        f"there is no {name}{_PUBLIC} beside it, so it is no whole key",
        Place(private.as_posix()),
        f"if `microcred key new` was interrupted, delete {private.name} and run it again; otherwise put "
        f"{name}{_PUBLIC} back from your backup",
    )


def _choose_only(keys: Sequence[KeyFiles]) -> KeyFiles:
    if len(keys) > 1:
        names = ", ".join(each.key.name for each in keys)
        raise UsageError(f"there are {len(keys)} keys", f"say which: {names}")
    return keys[0]
