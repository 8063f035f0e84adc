"""Programs that may mount what nobody else sees."""

import shutil
import subprocess
from pathlib import Path

import pytest


def start_with_mounts(disk: Path) -> list[str]:
    """Return what to put before a command that mounts on a folder; skip the test where none may."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no unshare, which gives a program mounts of its own")
    start = [unshare, "-m", "--"]
    attempt = subprocess.run(
        [*start, "mount", "-t", "tmpfs", "tmpfs", disk], check=False, capture_output=True
    )
    if attempt.returncode != 0:
        pytest.skip("this user may not mount, even for itself")
    return start
