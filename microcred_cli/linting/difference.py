"""What fixes would change in a file, as a unified diff that `patch` and `git apply` take."""

import re
from collections.abc import Iterator

_ODD = re.compile(r"[\x00-\x1f\x7f\"\\]")
_NO_END = "\\ No newline at end of file\n"


def describe_difference(name: str, before: bytes, after: bytes) -> str:
    """Return the diff between two states of a file, an empty text when there is none.

    Its lines come from the file as they are: a terminal must not see them unchanged.
    """
    # Only who asks for a diff needs it.
    from difflib import unified_diff  # noqa: PLC0415 - see above

    old, new = (list(_split(data.decode("utf-8"))) for data in (before, after))
    path = name.lstrip("/")  # as git writes it; `patch -p1` then works from the top of the file system
    lines = unified_diff(old, new, _quote(f"a/{path}"), _quote(f"b/{path}"))
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)


def _split(text: str) -> Iterator[str]:
    """Yield the lines as diff counts them: only a line feed ends one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _quote(path: str) -> str:
    """Return a path as git writes it: in quotes where a character of it could be taken for something else."""
    if _ODD.search(path) is None:
        return path
    return '"{}"'.format(_ODD.sub(lambda match: f"\\{ord(match[0]):03o}", path))
