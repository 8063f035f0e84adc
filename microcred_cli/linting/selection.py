"""Which findings are asked for: by code, by the beginning of a code, or by slug."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import NamedTuple

from microcred_cli.linting.catalog import CATALOG, advise_rule, expand_name
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import UnknownNameError


class Selection(NamedTuple):
    """The codes of the rules whose findings are shown and count, and those left out by pattern of path."""

    codes: frozenset[str]
    per_path: Mapping[str, frozenset[str]] = MappingProxyType({})

    def choose(self, path: str) -> frozenset[str]:
        """Return the codes that are asked for in the file; the path is relative to the project."""
        left_out = (codes for pattern, codes in self.per_path.items() if is_like(path, pattern))
        return self.codes.difference(*left_out)


def is_like(path: str, pattern: str) -> bool:
    """Return whether a path is like a pattern: ``*`` is any text, and a folder stands for all in it."""
    pattern = pattern.removeprefix("./").rstrip("/")
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern}/*")


def read_selection(
    select: Iterable[str], ignore: Iterable[str], per_path: Mapping[str, Iterable[str]] | None = None
) -> Selection:
    """Return what is selected (everything, if nothing is) less what is ignored, in all files or some.

    Each name is a code, the beginning of one, or a slug; several may be joined by commas. Raises
    UnknownNameError.
    """
    selected, ignored = _expand(select), _expand(ignore) or frozenset()
    everything = frozenset(entry.code for entry in CATALOG)
    by_path = {path: _expand(names) or frozenset() for path, names in (per_path or {}).items()}
    return Selection((everything if selected is None else selected) - ignored, by_path)


def keep_selected(file: LintedFile, codes: frozenset[str]) -> LintedFile:
    """Return the file with the findings of these rules; what it holds stays as it is."""
    if not file.findings:
        return file
    return file._replace(findings=tuple(each for each in file.findings if each.code in codes))


def _expand(names: Iterable[str]) -> frozenset[str] | None:
    """Return the codes that the names stand for, None when no name is given."""
    wanted = [part.strip() for name in names for part in name.split(",") if part.strip()]
    if not wanted:
        return None
    codes: set[str] = set()
    for name in wanted:
        family = expand_name(name)
        if not family:
            raise UnknownNameError(f"there is no rule `{name}`", advise_rule(name))
        codes |= family
    return frozenset(codes)
