"""Which findings are asked for: by code, by the beginning of a code, or by slug."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from microcred_cli.linting.catalog import CATALOG, find_entry, list_names
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import UnknownNameError
from microcred_cli.texts.suggest import advise_name


@dataclass(frozen=True, slots=True)
class Selection:
    """The codes of the rules whose findings are shown and count."""

    codes: frozenset[str]

    def apply(self, files: Sequence[LintedFile]) -> tuple[LintedFile, ...]:
        """Return the files with the findings that are asked for; what they hold stays as it is."""
        return tuple(
            replace(file, findings=tuple(each for each in file.findings if each.code in self.codes))
            for file in files
        )


def read_selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    """Return what is selected (everything, if nothing is) less what is ignored.

    Each name is a code, the beginning of one, or a slug; several may be joined by commas. Raises
    UnknownNameError.
    """
    selected = _expand(select)
    everything = frozenset(entry.code for entry in CATALOG)
    return Selection((everything if selected is None else selected) - (_expand(ignore) or frozenset()))


def _expand(names: Iterable[str]) -> frozenset[str] | None:
    """Return the codes that the names stand for, None when no name is given."""
    wanted = [part.strip() for name in names for part in name.split(",") if part.strip()]
    if not wanted:
        return None
    codes: set[str] = set()
    for name in wanted:
        entry = find_entry(name)
        family = {each.code for each in CATALOG if each.code.startswith(name.upper())}
        if entry is None and not family:
            raise UnknownNameError(f"there is no rule `{name}`", advise_name(name, list_names()))
        codes |= family if entry is None else {entry.code}
    return frozenset(codes)
