"""Where the samples and corpora are that may not be committed, and what tests do without them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def find_shared(*parts: str) -> Path:
    """Return a path below the shared folder; skip the test where there is none."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not beside this checkout")
    return path
