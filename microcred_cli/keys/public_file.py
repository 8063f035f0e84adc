"""The public half of a signing key as JSON, to be shown to anybody."""

import json
import re

from microcred_cli.model.key import PublicKey, SigningKey
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.json_reader import read_json
from microcred_cli.texts.multikey import decode_multikey, encode_did_key, encode_multikey, name_method
from microcred_cli.texts.safe import shorten

FORMAT = "microcred-key/1"
NAME_RULE = "lower-case letters, digits and single hyphens, such as autumn-2026"
MAXIMUM_BYTES = 16_384
# The name is that of two files, so it is none that Windows keeps for devices.
_NAME = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9]+(?:-[a-z0-9]+)*")
_MAXIMUM_NAME = 100
_FIELDS = ("format", "name", "algorithm", "did", "verificationMethod", "publicKeyMultibase", "created")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def is_key_name(name: str) -> bool:
    """Return whether a key may have that name: lower case, digits, single hyphens between them."""
    return len(name) <= _MAXIMUM_NAME and _NAME.fullmatch(name) is not None


def list_fields(key: SigningKey) -> dict[str, str]:
    """Return what everybody may know of a key, by the names it has in files."""
    return {
        "name": key.name,
        "algorithm": key.public.algorithm.value,
        "did": key.did,
        "verificationMethod": key.method,
        "publicKeyMultibase": encode_multikey(key.public),
        "created": key.created,
    }


def describe_key(key: SigningKey) -> bytes:
    """Return the public file of a key, a field a line, since people look into it."""
    return (json.dumps({"format": FORMAT, **list_fields(key)}, indent=2) + "\n").encode()


def name_key(name: str, public: PublicKey, created: str) -> SigningKey:
    """Return the signing key of that name whose issuer is a did:key, made of the key itself."""
    did = encode_did_key(public)
    return SigningKey(name, public, did, name_method(did), created)


def read_key(name: str, data: bytes) -> SigningKey | Refusal:
    """Return the key that a public file of that name (without its ending) describes.

    Every field is there and says what follows from the key itself; anything else is refused.
    """
    fields = _read_fields(data)
    if isinstance(fields, Refusal):
        return fields
    public = decode_multikey(fields["publicKeyMultibase"])
    if isinstance(public, Refusal):
        return public
    key = name_key(name, public, fields["created"])
    fault = _find_fault(key, fields)
    return key if fault is None else Refusal(fault)


def _read_fields(data: bytes) -> dict[str, str] | Refusal:
    """Return the fields of a public file: all that there are, each a text."""
    if len(data) > MAXIMUM_BYTES:
        return Refusal(f"the file is larger than {MAXIMUM_BYTES:,} bytes, which no key is")
    document = read_json(data)
    if isinstance(document, Refusal):
        return document
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return Refusal(f"its `format` is not `{FORMAT}`")
    fields = {field: value for field, value in document.items() if isinstance(value, str)}
    for field in (*_FIELDS, *document):
        if field not in fields:
            return Refusal(f"it has no `{shorten(field)}`, or not as a text")
        if field not in _FIELDS:
            return Refusal(f"it has `{shorten(field)}`, which a key file has not")
    return fields


def _find_fault(key: SigningKey, fields: dict[str, str]) -> str | None:
    """Return what in the fields is not as it has to be, None if nothing."""
    if not is_key_name(key.name):
        return f"its name is not {NAME_RULE}"
    if not _MOMENT.fullmatch(key.created) or parse_date(key.created) is None:
        return "its `created` is no time like 2026-11-25T09:00:00Z"
    for field, value in list_fields(key).items():
        if fields[field] != value:
            return f"its `{field}` does not belong to the key; it should be `{value}`"
    return None
