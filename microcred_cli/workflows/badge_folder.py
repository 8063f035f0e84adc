"""The folder of badges, as earlier runs and its owner left it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from microcred_cli.credentials.issued_list import ISSUED, IssuedRow, read_issued, write_issued
from microcred_cli.credentials.proof import strip_proof
from microcred_cli.credentials.verification import Verifier
from microcred_cli.files.publishing import publish_files
from microcred_cli.files.reading import is_file, read_file
from microcred_cli.files.refusals import explain_refusal, refuse_link
from microcred_cli.files.temporaries import clear_temporary
from microcred_cli.model.errors import BrokenListError, UnknownBadgesError
from microcred_cli.model.ledger import BadgeRecord
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Check, Outcome
from microcred_cli.texts.json_reader import MAXIMUM_BYTES, read_json
from microcred_cli.texts.svg_reader import find_credential
from microcred_cli.workflows.compose_badges import hash_document
from microcred_cli.workflows.read_library import read_library

_MAXIMUM_LIST = 1_000_000_000
_BADGE_FILE = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(?:json|svg)", re.ASCII
)


class BadgeFolder:
    """The folder and the list in it, which the caller holds against other runs.

    ``listed`` is what the list said when the folder was opened. Raises BrokenListError when that cannot be
    read.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self.path = path
        self.listed = _read_list(path / ISSUED)
        self._now = now
        self._verifier = Verifier(read_library())

    def refuse_unknown(self, known: Iterable[BadgeRecord]) -> None:
        """Raise UnknownBadgesError when badges are here that the ledger does not know.

        That ledger is new, or older than the badges, and their learners would get second ones.
        """
        names = self.path.iterdir() if self.path.is_dir() else ()
        found = (_BADGE_FILE.fullmatch(path.name) for path in names)
        there = {match[1] for match in found if match is not None} | {row.badge for row in self.listed}
        unknown = sorted(there - {record.id for record in known})
        if unknown:
            raise UnknownBadgesError(
                f"{self.path.as_posix()}/",
                f"put the latest ledger back from your backup: without it, learners would get second badges; "
                f"it lacks {len(unknown)}, the first is {unknown[0]}. Badges that do not count belong in "
                f"another folder, and their rows of {ISSUED} with them",
            )

    def find_missing(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return which of these badges lack a file here."""
        return tuple(
            each
            for each in ids
            if not is_file(self.path / f"{each}.json") or not is_file(self.path / f"{each}.svg")
        )

    def find_published(self, record: BadgeRecord) -> bytes | None:
        """Return the JSON of a badge of the ledger, if one of its files is here and says what was planned."""
        return next((text for text in self._read_badge(record.id) if self._is_planned(text, record)), None)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove what is left of badges that will never be issued. Raises UnwritableError."""
        refuse_link(self.path)
        for badge in ids:
            for ending in ("json", "svg"):
                path = self.path / f"{badge}.{ending}"
                with explain_refusal(path):
                    path.unlink(missing_ok=True)

    def update(self, rows: Collection[IssuedRow], texts: Mapping[str, bytes]) -> None:
        """Write the list and the JSON of badges as far as they are not here like that already.

        What killed runs left goes. Raises UnwritableError.
        """
        clear_temporary(self.path)
        files = {} if rows == self.listed else {ISSUED: write_issued(rows)}
        for badge, text in texts.items():
            path = self.path / f"{badge}.json"
            if not is_file(path) or read_file(path, MAXIMUM_BYTES) != text:
                files[path.name] = text
        publish_files(self.path, files, private=frozenset({ISSUED}))

    def publish(self, rows: Collection[IssuedRow], signed: Mapping[str, tuple[bytes, bytes]]) -> None:
        """Write the list and badges, each as JSON and as picture. Raises UnwritableError."""
        files = {ISSUED: write_issued(rows)}
        files |= {f"{badge}.svg": picture for badge, (_, picture) in signed.items()}
        # The JSON comes last: where it is, all of the badge is.
        files |= {f"{badge}.json": text for badge, (text, _) in signed.items()}
        publish_files(self.path, files, private=frozenset({ISSUED}))

    def _read_badge(self, badge: str) -> Iterator[bytes]:
        """Yield a badge by its JSON, and by its picture, which is as good to whoever has it."""
        path, picture = self.path / f"{badge}.json", self.path / f"{badge}.svg"
        if is_file(path):
            yield read_file(path, MAXIMUM_BYTES)
        if is_file(picture):
            baked = find_credential(read_file(picture, MAXIMUM_BYTES))
            if not isinstance(baked, Refusal) and baked.text is not None:
                yield baked.text.encode("utf-8")

    def _is_planned(self, text: bytes, record: BadgeRecord) -> bool:
        """Return whether a badge says what was planned, and its own issuer signed it."""
        document = read_json(text)
        if not isinstance(document, dict) or hash_document(strip_proof(document)) != record.document:
            return False
        outcomes = {each.check: each.outcome for each in self._verifier.verify(document, self._now)}
        return outcomes[Check.PROOF] is outcomes[Check.ISSUER] is Outcome.PASSED


def _read_list(path: Path) -> tuple[IssuedRow, ...]:
    if not path.exists():
        return ()
    rows = read_issued(read_file(path, _MAXIMUM_LIST))
    if isinstance(rows, Refusal):
        raise BrokenListError(path.as_posix(), "move it elsewhere; what is known of it is written again")
    return rows
