"""Which system an export comes from, told by what it holds, never by its file name."""

from microcred_cli.gradebooks import canvas, generic_long, generic_wide
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_csv

UNKNOWN = "unknown"
_SYSTEMS = (canvas, generic_long, generic_wide)


def read_gradebook(file: str, data: bytes, settings: GradebookSettings) -> Gradebook:
    """Return what the bytes of an export say; ``file`` is the name that problems give as their place.

    The problems of the file come first, then those of its cells. A file of no known system has the
    system ``unknown`` and says so in a problem.
    """
    table = read_csv(file, data)
    if not table.heading or not table.rows:
        problems = table.problems or (Problem("there is a heading but no row below it", Place(file)),)
        return Gradebook(file, UNKNOWN, "", problems=problems)
    for system in _SYSTEMS:
        reason = system.recognise(table)
        if reason is not None:
            gradebook = system.read(table, settings, reason)
            return Gradebook(
                gradebook.file,
                gradebook.system,
                gradebook.reason,
                gradebook.learners,
                gradebook.items,
                gradebook.scores,
                table.problems + gradebook.problems,
                gradebook.facts,
            )
    problem = Problem(
        "this is no export that microcred knows",
        Place(file, 1),
        "known: the Canvas gradebook export (Grades, Export), and tables with a column “learner”: "
        "either learner,item,score or one column an item",
    )
    return Gradebook(file, UNKNOWN, "", problems=(*table.problems, problem))
