"""The rubric library: what there is, and a copy of one to adapt."""

from pathlib import Path
from typing import NamedTuple

from microcred_cli.files.package_data import list_data, read_data
from microcred_cli.files.writing import write_new_files
from microcred_cli.model.errors import DamagedInstallationError, UnknownNameError
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.suggest import advise_name
from microcred_cli.texts.yaml_reader import read_yaml
from microcred_cli.workflows.read_project import choose_rubrics_folder, find_project

_KIND = "rubrics"
_SUFFIX = ".yaml"
# The order in which they are shown; what a later release adds comes behind.
_SETS = ("soft-skills", "resilience", "21st-century", "honors-engagement")


class ShelvedRubric(NamedTuple):
    """A rubric of the library; ``shelf`` is the set it belongs to, ``place`` its file without the suffix."""

    shelf: str
    place: str
    rubric: Rubric

    @property
    def name(self) -> str:
        """The name by which it is asked for."""
        return self.rubric.id

    def read_files(self) -> dict[str, bytes]:
        """Return the files it consists of by their names: the rubric and the picture of its badge."""
        badge = self.rubric.badge
        names = [f"{self.name}{_SUFFIX}", *([badge.image] if badge is not None and badge.image else [])]
        return {name: read_data(_KIND, f"{self.shelf}/{name}") for name in names}

    def read_sample(self) -> bytes:
        """Return the sample cohort, a gradebook of made-up learners that the rubric decides."""
        return read_data(_KIND, f"{self.place}.csv")


def list_rubrics() -> tuple[ShelvedRubric, ...]:
    """Return the rubrics of the library, set by set, in the order of their titles."""
    places = (name.removesuffix(_SUFFIX) for name in list_data(_KIND) if name.endswith(_SUFFIX))
    return tuple(sorted(map(_take_down, places), key=_order))


def find_rubric(name: str) -> ShelvedRubric:
    """Return the rubric of that name. Raises UnknownNameError."""
    places = [each.removesuffix(_SUFFIX) for each in list_data(_KIND) if each.endswith(_SUFFIX)]
    known = {place.rpartition("/")[2]: place for place in places}
    wanted = name.casefold()
    if wanted not in known:
        advice = f"{advise_name(name, sorted(known))}; `microcred rubrics` lists all"
        raise UnknownNameError(f"the library has no rubric `{name}`", advice)
    return _take_down(known[wanted])


def copy_rubric(
    shelved: ShelvedRubric, target: Path | None = None, *, sample: bool = False
) -> tuple[Path, ...]:
    """Write the rubric and its picture into a folder, and return the files that were written.

    When no folder is named, it is the project's for rubrics, or the current one; with ``sample`` the sample
    cohort goes there too. Raises ExistingFileError, then nothing is written, and UnwritableError.
    """
    folder = choose_rubrics_folder(find_project()) if target is None else target
    files = shelved.read_files()
    if sample:
        files[f"{shelved.name}.csv"] = shelved.read_sample()
    write_new_files(folder, files)
    return tuple(folder / name for name in files)


def _take_down(place: str) -> ShelvedRubric:
    rubric, _ = read_rubric(read_yaml(read_data(_KIND, f"{place}{_SUFFIX}")))
    if rubric is None:
        raise DamagedInstallationError(f"{place}{_SUFFIX}", "install microcred again")
    return ShelvedRubric(place.rpartition("/")[0], place, rubric)


def _order(each: ShelvedRubric) -> tuple[int, str, str]:
    known = _SETS.index(each.shelf) if each.shelf in _SETS else len(_SETS)
    return known, each.shelf, each.rubric.title.casefold()
