"""The plan of a batch on the terminal."""

from typing import TYPE_CHECKING

from microcred_cli.cli.console import print_result
from microcred_cli.cli.tables import print_table
from microcred_cli.model.number_words import count_things
from microcred_cli.model.project import Recipient, Results
from microcred_cli.texts.safe import safe, shorten

if TYPE_CHECKING:
    from microcred_cli.workflows.issue_badges import Batch

_WIDTH = 72
_HEADINGS = ("badge", "to sign", "of them\nresumed", "issued\nbefore", "not\nearned")


def print_plan(batch: "Batch", *, show_fields: bool, dry_run: bool) -> None:
    """Print who issues what to how many, and what is told of the holders."""
    project, plan = batch.project.project, batch.plan
    print_result(f"Issuer   {safe(project.issuer.name)}, {batch.key.did} (key {batch.key.name})")
    manifest = batch.basis.assessment.manifest
    read = ", ".join(safe(each.path) for each in manifest.inputs if each.role == "gradebook")
    when = safe(manifest.assessed_at[:16].replace("T", " "))
    print_result(f"Assessed {when} UTC, from {read}; {safe(batch.basis.folder.as_posix())}/")
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
    if left_out := batch.basis.assessment.learners_left_out:
        print_result(
            f"Left out of the assessment, so not looked at: {count_things(len(left_out), 'learner')}"
        )
    if plan.forgotten:
        print_result(f"Planned earlier, never issued, now planned anew or dropped: {len(plan.forgotten)}")
    if plan.waiting:
        print_result(f"Planned earlier, waiting since this assessment holds no such award: {plan.waiting}")
    if plan.unearned:
        print_result(f"Issued before and not earned by this assessment, but still valid: {plan.unearned}")
    if show_fields:
        _print_fields(batch, dry_run=dry_run)


def _describe_holder(recipient: Recipient) -> str:
    told = [
        f"{noun} ({form})"
        for noun, form in (("name", recipient.name), ("e-mail address", recipient.email))
        if form is not None
    ]
    return f"told of, for everybody to see: {', '.join(told)}" if told else "not told of: no name, no address"


def _print_fields(batch: "Batch", *, dry_run: bool) -> None:
    from microcred_cli.workflows.show_fields import list_fields

    for rubric, fields in list_fields(batch.plan).items():
        print_result(f"What becomes public of {rubric}; * differs from badge to badge, here the first")
        if dry_run:
            print_result("(what is drawn at random, such as ids and salts, will be drawn anew)")
        for each in fields:
            mark = " " if each.same else "*"
            # A picture is no reading matter; all else is shown whole.
            value = shorten(each.value, _WIDTH) if each.value.startswith("data:") else each.value
            print_result(f"{mark} {safe(each.place)}: {safe(value)}")
        print_result()
