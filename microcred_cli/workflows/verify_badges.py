"""Badges in files to tables of checks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli.credentials.checks.issuer import find_issuer
from microcred_cli.credentials.library import Document
from microcred_cli.credentials.verification import Verifier
from microcred_cli.files.reading import list_files, read_file
from microcred_cli.model.errors import EmptyInputError, UnreadableFileError, UnusableListError
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Check, CheckResult, Outcome
from microcred_cli.texts.json_reader import MAXIMUM_BYTES, read_json
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.svg_reader import find_credential
from microcred_cli.workflows.read_library import read_library

READABLE = (".json", ".svg")
# Other forms a badge may have, which are not read yet.
_OTHER = (".jwt", ".jws", ".png")
_MAXIMUM_NAME = 80
NOTHING = "there is nothing to check"


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """A file and what was found of the badge in it, as far as it is there.

    ``issuer`` is what the issuer calls itself, ``key`` the id it goes by, such as a did:key.
    """

    file: str
    results: tuple[CheckResult, ...]
    badge: str | None = None
    name: str | None = None
    issuer: str | None = None
    key: str | None = None

    @property
    def outcome(self) -> Outcome:
        """The worst of the outcomes."""
        outcomes = {result.outcome for result in self.results}
        return next(each for each in (Outcome.FAILED, Outcome.UNCHECKED, Outcome.PASSED) if each in outcomes)


def list_badge_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files that are named and those in the folders that are. Raises EmptyInputError."""
    files: list[Path] = []
    for path in paths:
        files += list_files(path, (*READABLE, *_OTHER)) if path.is_dir() else [path]
    if not files:
        raise EmptyInputError(", ".join(map(str, paths)), "a badge is a .json or .svg file")
    return tuple(files)


def verify_files(
    files: Sequence[Path], lists: Sequence[Path], now: datetime | None = None
) -> Iterator[VerifiedFile]:
    """Yield what is found of each file, by the status lists that were given.

    Raises UnusableListError for a status list that is not to be relied on, UnreadableFileError for one that
    cannot be read, and MissingInputError. A badge that cannot be read does not keep the others from being
    checked.
    """
    verifier = Verifier(read_library())
    moment = now or datetime.now(UTC)
    accepted = dict(_read_list(path, verifier, moment) for path in lists)
    for file in files:
        yield _verify(file, verifier, accepted, moment)


def _verify(file: Path, verifier: Verifier, lists: dict[str, Document], now: datetime) -> VerifiedFile:
    try:
        data = _read_badge(file)
    except UnreadableFileError as error:
        return _stop(file, Outcome.UNCHECKED, f"it cannot be read: {error.advice or 'no reason is given'}")
    if isinstance(data, CheckResult):
        return _stop(file, data.outcome, data.message)
    document = read_json(data)
    if isinstance(document, Refusal):
        return _stop(file, Outcome.FAILED, document.reason)
    results = verifier.verify(document, now, lists)
    if not isinstance(document, dict):
        return VerifiedFile(file.as_posix(), results)
    issuer = document.get("issuer")
    named = issuer.get("name") or issuer.get("id") if isinstance(issuer, dict) else issuer
    badge, name, key = document.get("id"), document.get("name"), find_issuer(document)
    return VerifiedFile(file.as_posix(), results, *map(_text, (badge, name, named, key)))


def _read_badge(file: Path) -> bytes | CheckResult:
    """Return the JSON in a file, or why there is none."""
    data = read_file(file, MAXIMUM_BYTES)
    kind = file.suffix.lower()
    if kind in _OTHER:
        return CheckResult(Check.STRUCTURE, Outcome.UNCHECKED, f"badges in {kind} files are not read yet")
    if kind != ".svg":
        return data
    baked = find_credential(data)
    if isinstance(baked, Refusal):
        return CheckResult(Check.STRUCTURE, Outcome.FAILED, baked.reason)
    if baked.text is None:
        message = "the badge in it is a JWT; those are not read yet"
        return CheckResult(Check.STRUCTURE, Outcome.UNCHECKED, message)
    return baked.text.encode("utf-8")


def _stop(file: Path, outcome: Outcome, reason: str) -> VerifiedFile:
    """Return the result for a file that holds nothing to look at any further."""
    rest = tuple(CheckResult(check, Outcome.UNCHECKED, NOTHING) for check in list(Check)[1:])
    return VerifiedFile(file.as_posix(), (CheckResult(Check.STRUCTURE, outcome, reason), *rest))


def _text(value: object) -> str | None:
    return shorten(value, _MAXIMUM_NAME) if isinstance(value, str) else None


def _read_list(path: Path, verifier: Verifier, now: datetime) -> tuple[str, Document]:
    document = read_json(read_file(path, MAXIMUM_BYTES))
    refusal = document if isinstance(document, Refusal) else verifier.accept_list(document, now)
    if refusal is not None:
        raise UnusableListError(f"{path}: {refusal.reason}", "ask the issuer for the current list")
    assert isinstance(document, dict)  # noqa: S101 - accept_list has seen to it
    return str(document["id"]), document
