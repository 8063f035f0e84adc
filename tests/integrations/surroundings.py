"""What these tests need from around them."""

import functools
import os
import subprocess
import sys

import pytest

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""Whether there is time, and a network, for installing things for real."""


def need_index() -> None:
    """Skip the test where pip reaches no index."""
    if not _reaches_index():
        pytest.skip("pip reaches no index")


@functools.cache
def _reaches_index() -> bool:
    ask = [sys.executable, "-m", "pip", "--retries=0", "--timeout=20", "index", "versions", "hatchling"]
    return subprocess.run(ask, check=False, capture_output=True).returncode == 0
