"""The contexts and the schema the package carries, checked against their digests."""

import hashlib
import json
from functools import cache
from typing import Any

from microcred_cli.credentials.library import Library
from microcred_cli.files.package_data import read_standard
from microcred_cli.model.errors import DamagedInstallationError


@cache
def read_library() -> Library:
    """Return the library. Raises DamagedInstallationError when a file is not as it was published."""
    index = json.loads(read_standard("index.json"))
    contexts = {address: _read(entry)["@context"] for address, entry in index["contexts"].items()}
    return Library(contexts, _read(index["schema"]))


def _read(entry: dict[str, str]) -> Any:
    data = read_standard(entry["file"])
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise DamagedInstallationError(entry["file"], "install microcred again")
    return json.loads(data)
