"""Paths in the commands that messages suggest."""

import os
import shlex
from pathlib import Path

from microcred_cli.texts.safe import safe


def quote_path(path: Path) -> str:
    """Write a path as a shell takes it; escapes for the terminal are for eyes only."""
    text = safe(str(path))
    if text.startswith("-"):
        text = f".{os.sep}{text}"
    if os.name == "nt":
        return f'"{text}"' if " " in text else text
    return shlex.quote(text)
