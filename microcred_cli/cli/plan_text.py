"""The plan of a batch on the terminal."""

from typing import TYPE_CHECKING

from microcred_cli.cli.console import print_result
from microcred_cli.cli.tables import print_table
from microcred_cli.model.project import Recipient, Results
from microcred_cli.texts.safe import safe, shorten

if TYPE_CHECKING:
    from microcred_cli.workflows.issue_badges import Batch

_WIDTH = 72
_HEADINGS = ("badge", "to sign", "of them\nresumed", "issued\nbefore", "not\nearned")


def print_plan(batch: "Batch", *, show_fields: bool) -> None:
    """Print who issues what to how many, and what is told of the holders."""
    project, plan = batch.project.project, batch.plan
    print_result(f"Issuer   {safe(project.issuer.name)}, {batch.key.did} (key {batch.key.name})")
    print_result(f"Holder   {_describe_holder(project.recipient)}")
    told = "level and score" if project.results is Results.SCORES else "the level, not the score"
    print_result(f"Results  of each sub-competency that was shown: {told}")
    print_result(f"Folder   {batch.folder.as_posix()}/")
    rows = [
        [
            f"{each.name} ({each.rubric} {each.version})",
            str(each.to_sign),
            str(each.resumed),
            str(each.before),
            str(each.not_earned),
        ]
        for each in batch.tallies
    ]
    print_table(_HEADINGS, rows, numeric=frozenset({1, 2, 3, 4}))
    if plan.forgotten:
        print_result(f"Planned earlier, never issued, now planned anew or dropped: {len(plan.forgotten)}")
    if plan.waiting:
        print_result(f"Planned earlier, waiting since this assessment holds no such award: {plan.waiting}")
    if show_fields:
        _print_fields(batch)


def _describe_holder(recipient: Recipient) -> str:
    told = [
        f"{noun} ({form})"
        for noun, form in (("name", recipient.name), ("e-mail address", recipient.email))
        if form is not None
    ]
    return f"told of, for everybody to see: {', '.join(told)}" if told else "not told of: no name, no address"


def _print_fields(batch: "Batch") -> None:
    from microcred_cli.workflows.show_fields import list_fields

    for rubric, fields in list_fields(batch.plan).items():
        print_result(f"What becomes public of {rubric}; * differs from badge to badge, here the first")
        for each in fields:
            mark = " " if each.same else "*"
            print_result(f"{mark} {safe(each.place)}: {safe(shorten(each.value, _WIDTH))}")
        print_result()
