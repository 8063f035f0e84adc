"""Why something from outside was not taken, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason, as a clause without capital and full stop: ``the key `id` stands there twice``."""

    reason: str
