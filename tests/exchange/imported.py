"""What came of an import, as the rubric that people will then have."""

from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.draft import Draft
from microcred_cli.exchange.rubric_writer import write_draft
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.model.finding import Severity
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml_text


def take_drafts(data: str | bytes, file: str = "file.csv") -> tuple[Draft, ...]:
    """Return the drafts of a file in which nothing is refused."""
    imported = read_rubrics(file, data.encode() if isinstance(data, str) else data)
    assert imported.problems == ()
    return imported.drafts


def take_draft(data: str | bytes, file: str = "file.csv") -> Draft:
    """Return the only draft."""
    (draft,) = take_drafts(data, file)
    return draft


def write_out(draft: Draft) -> Rubric:
    """Return the rubric of the file that is written; linting finds no error in it."""
    text = write_draft(draft)
    linted = lint_rubric("rubric.yaml", text.encode(), lambda _: True)
    errors = [each.message for each in linted.findings if each.severity is Severity.ERROR]
    assert errors == [], text
    rubric, _ = read_rubric(read_yaml_text(text))
    assert rubric is not None
    return rubric


def list_losses(draft: Draft) -> list[str]:
    """Return what could not be carried over, as it is printed."""
    return [loss.message if loss.place is None else f"{loss.place}: {loss.message}" for loss in draft.losses]


def list_refusals(data: str | bytes, file: str = "file.csv") -> list[str]:
    """Return the problems of a file of which nothing may be written then."""
    imported = read_rubrics(file, data.encode() if isinstance(data, str) else data)
    return [f"{problem.place}: {problem.message}" for problem in imported.problems]
