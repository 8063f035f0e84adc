"""A course as any learning management system may hold it, for tests to write in each system's layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from microcred_cli.model.gradebook import CellState, Gradebook

Content = Decimal | CellState
"""A score, or the state of a cell without one."""


@dataclass(frozen=True, slots=True)
class Person:
    """A learner as systems know one; ``number`` has leading zeros, which must survive."""

    number: str
    first: str
    last: str

    @property
    def username(self) -> str:
        return f"user{self.number}"

    @property
    def email(self) -> str:
        return f"{self.username}@example.org"


@dataclass(frozen=True, slots=True)
class Task:
    """An item and its points possible."""

    name: str
    possible: Decimal


@dataclass(frozen=True, slots=True)
class Course:
    """People, tasks, and for each pair of their indexes what the gradebook says."""

    people: tuple[Person, ...]
    tasks: tuple[Task, ...]
    cells: Mapping[tuple[int, int], Content]


NAMES = st.text(
    st.characters(categories=["L"], max_codepoint=0x24F) | st.sampled_from(" '-,\""), min_size=1, max_size=12
).filter(lambda name: name.strip(" '-,\"") == name)
TITLES = st.text(
    st.characters(categories=["L", "Nd"], max_codepoint=0x24F) | st.sampled_from(" :-&,;.\"'"),
    min_size=1,
    max_size=20,
).filter(lambda title: " ".join(title.split()) == title and any(each.isalpha() for each in title))


@st.composite
def draw_courses(
    draw: st.DrawFn,
    states: frozenset[CellState] = frozenset({CellState.MISSING}),
    titles: st.SearchStrategy[str] = TITLES,
) -> Course:
    """Draw a course whose cells are scores with two decimals at most, or in one of the states."""
    numbers = draw(st.lists(st.integers(1, 99_999), min_size=1, max_size=4, unique=True))
    people = tuple(Person(f"{number:06}", draw(NAMES), draw(NAMES)) for number in numbers)
    possible = st.sampled_from([Decimal(4), Decimal(10), Decimal("7.5"), Decimal(100), Decimal(1200)])
    names = draw(st.lists(titles, min_size=1, max_size=4, unique_by=lambda name: name.casefold()))
    tasks = tuple(Task(name, draw(possible)) for name in names)
    cells: dict[tuple[int, int], Content] = {}
    for person in range(len(people)):
        for number, task in enumerate(tasks):
            score = st.decimals(0, task.possible, places=2)
            content = st.one_of(score, st.sampled_from(sorted(states))) if states else score
            cells[person, number] = draw(content)
    return Course(people, tasks, cells)


def list_contents(gradebook: Gradebook) -> dict[tuple[str, str], tuple[CellState, Decimal | None]]:
    """Return what a gradebook says, by learner's key and item's name: the state, and a score's share."""
    names = {item.heading: item.name for item in gradebook.items}
    return {
        (score.learner, names[score.item]): (
            score.state,
            None if score.value is None else score.value / (score.possible or 1),
        )
        for score in gradebook.scores
    }


def list_expected(
    course: Course, keys: Mapping[str, str]
) -> dict[tuple[str, str], tuple[CellState, Decimal | None]]:
    """Return what a gradebook of the course should say; ``keys`` are the learners' keys by their number."""
    return {
        (keys[course.people[person].number], course.tasks[task].name): (
            (content, None)
            if isinstance(content, CellState)
            else (CellState.SCORE, content / course.tasks[task].possible)
        )
        for (person, task), content in course.cells.items()
    }
