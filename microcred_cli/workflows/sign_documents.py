"""Documents to signed badges, each verified before it goes anywhere."""

from datetime import datetime

from microcred_cli.credentials.baking import Art, bake
from microcred_cli.credentials.canonical import read_statements
from microcred_cli.credentials.library import Document, Library
from microcred_cli.credentials.proof import (
    attach_proof,
    complete_options,
    describe_proof,
    digest_statements,
    has_signed,
)
from microcred_cli.credentials.verification import Verifier
from microcred_cli.keys.private_key import PrivateKey
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Outcome
from microcred_cli.texts.json_reader import read_json, write_json
from microcred_cli.texts.svg_reader import find_credential


class Signer:
    """Signs documents with one key. The same document and moment always give the same bytes."""

    def __init__(self, private: PrivateKey, method: str, library: Library) -> None:
        self._private = private
        self._method = method
        self._library = library
        self._options: dict[tuple[str, str], bytes] = {}

    def sign(self, document: Document, digest: bytes, created: str) -> str:
        """Return the JSON of the signed badge. ``digest`` stands for the document (``Verifier.digest``).

        Raises ValueError when the signature does not hold.
        """
        options = describe_proof(self._method, created)
        message = self._digest_options(options, document) + digest
        signature = self._private.sign(message)
        if not has_signed(self._private.public, signature, message):
            reason = "the signature does not hold"
            raise ValueError(reason)
        return write_json(attach_proof(document, options, signature))

    def _digest_options(self, options: dict[str, str], document: Document) -> bytes:
        """Return the digest of a proof's options, which the badges of one moment share."""
        key = options["created"], write_json(document["@context"])
        if key not in self._options:
            completed = complete_options(options, document)
            digest = digest_statements(read_statements(completed, self._library))
            if isinstance(digest, Refusal):
                raise ValueError(digest.reason)
            self._options[key] = digest
        return self._options[key]


def rehearse(text: str, art: Art, verifier: Verifier, now: datetime) -> Refusal | None:
    """Return what a verifier would hold against a signed badge, as JSON and as picture; None if nothing."""
    picture = bake(art, text)
    baked = picture if isinstance(picture, Refusal) else find_credential(picture)
    if isinstance(baked, Refusal):
        return baked
    for form in (text, baked.text):
        document = read_json((form or "").encode("utf-8"))
        if isinstance(document, Refusal):
            return document
        for result in verifier.verify(document, now):
            if result.outcome is not Outcome.PASSED:
                return Refusal(f"{result.check}: {result.message}")
    return None
