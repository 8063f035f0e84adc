"""Why something from outside was not taken, as a value."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """A reason, as a clause without capital and full stop: ``the key `id` stands there twice``."""

    reason: str
