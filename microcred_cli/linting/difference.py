"""What fixes would change in a file, as a unified diff that `patch` and `git apply` take."""

from collections.abc import Iterator

_NO_END = "\\ No newline at end of file\n"


def describe_difference(name: str, before: bytes, after: bytes) -> str:
    """Return the diff between two states of a file, an empty text when there is none.

    Its lines come from the file as they are: a terminal must not see them unchanged.
    """
    # Only who asks for a diff needs it.
    from difflib import unified_diff  # noqa: PLC0415 - see above

    old, new = (list(_split(data.decode("utf-8"))) for data in (before, after))
    lines = unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)


def _split(text: str) -> Iterator[str]:
    """Yield the lines as diff counts them: only a line feed ends one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
