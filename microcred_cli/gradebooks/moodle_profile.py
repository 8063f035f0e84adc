"""Who the learners of a Moodle export are.

Which columns of the profile an export has is the administrator's choice, and their headings are in the
language of whoever exported; the reports of plug-ins write the fields' own names. The key is the ID number
where it is there for all and tells all apart, else the e-mail address; a name never.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from microcred_cli.gradebooks.wide import find_key_column
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import SheetRow

_ID_NUMBERS = frozenset(
    {
        "id number",
        "idnumber",
        "id-nummer",
        "numéro d'identification",
        "numéro d\u2019identification",
        "número de id",
        "número de identificação",
        "codice identificativo",
    }
)
# First names before last names; both have to be there, because “Nom” and “Nome” mean either.
_NAMES = (
    ("first name", "last name"),
    ("first name", "surname"),
    ("firstname", "lastname"),
    ("vorname", "nachname"),
    ("prénom", "nom"),
    ("prénom", "nom de famille"),
    ("nombre", "apellido(s)"),
    ("nombre", "apellidos"),
    ("nome", "cognome"),
    ("nome", "sobrenome"),
    ("voornaam", "achternaam"),
    ("förnamn", "efternamn"),
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """The columns of a learner's key, name and e-mail, as far as they are known."""

    key: int | None
    names: tuple[int, ...]
    email: int | None

    def read_learner(self, row: SheetRow) -> Learner:
        """Return the learner of a row; only for a profile with a key."""
        name = " ".join(row.cells[column].strip() for column in self.names).strip()
        email = row.cells[self.email].strip() if self.email is not None else ""
        key = row.cells[self.key].strip() if self.key is not None else ""
        return Learner(key, name or None, email or None, row.number)


def find_profile(
    table: HeadedTable, columns: Sequence[int], settings: GradebookSettings, others: Sequence[str] = ()
) -> tuple[Profile, list[Problem]]:
    """Return what these columns say of learners, and a problem when none of them can be the key.

    ``others`` are folded headings of columns that can be the key where ID number and e-mail cannot.
    """
    folded = {fold_name(table.heading[column]): column for column in reversed(columns)}
    names = next(
        ((folded[first], folded[last]) for first, last in _NAMES if first in folded and last in folded), ()
    )
    email = next((column for column in columns if _are_emails(table, column)), None)
    numbers = [column for name, column in folded.items() if name in _ID_NUMBERS]
    candidates = [
        *numbers,
        *([] if email is None else [email]),
        *(folded[name] for name in others if name in folded),
    ]
    filled = [column for column in candidates if "" not in _list_keys(table, column)]
    apart = [column for column in filled if len(set(_list_keys(table, column))) == len(table.rows)]
    # Where nothing tells all apart a row stands there twice, which is refused with its place.
    key = next(iter([*apart, *filled]), None)
    problems: list[Problem] = []
    if settings.learner:
        asked, problems = find_key_column(table, (), settings)
        key = key if asked is None else asked
    elif key is None:
        message = "there is neither an ID number nor an e-mail address for every learner"
        advice = "name the column that does under gradebook, learner in the project file"
        problems = [Problem(message, table.place(table.heading_row), advice)]
    return Profile(key, names, email), problems


def _are_emails(table: HeadedTable, column: int) -> bool:
    cells = [text for row in table.rows if (text := row.cells[column].strip())]
    return bool(cells) and all(_EMAIL.fullmatch(text) is not None for text in cells)


def _list_keys(table: HeadedTable, column: int) -> list[str]:
    return [fold_name(row.cells[column]) for row in table.rows]
