"""What was checked of badges, on the terminal."""

from collections import Counter
from collections.abc import Sequence

from microcred_cli.cli.console import print_message, print_result
from microcred_cli.cli.tables import print_table
from microcred_cli.model.verification import Check, Outcome
from microcred_cli.texts.safe import safe
from microcred_cli.workflows.verify_badges import NOTHING, VerifiedFile

MAXIMUM_ROWS = 50
_MARKS = {Outcome.PASSED: "ok", Outcome.FAILED: "FAILED", Outcome.UNCHECKED: "?"}
_VERDICTS = {
    Outcome.PASSED: "genuine: every check passed",
    Outcome.FAILED: "NOT to be trusted: a check failed",
    Outcome.UNCHECKED: "not known to be genuine: a check could not be made",
}


def print_verification(files: Sequence[VerifiedFile], *, quiet: bool) -> None:
    """Print a table: of the checks for one badge, of the badges for many."""
    if len(files) == 1:
        _print_one(files[0])
        return
    # What did not pass must not be lost among what did.
    worst = sorted(files, key=lambda each: list(_VERDICTS).index(each.outcome) == 0)
    shown = worst[:MAXIMUM_ROWS]
    rows = [
        [each.file, *(_MARKS[result.outcome] for result in each.results), each.name or ""] for each in shown
    ]
    print_table(["file", *Check, "badge"], rows)
    if len(files) > len(shown):
        print_result(f"… and {len(files) - len(shown)} more, with the same or a better outcome")
    for each in shown:
        for result in each.results:
            if result.outcome is not Outcome.PASSED and result.message != NOTHING:
                print_message(f"{each.file}: {result.check}: {result.message}", quiet=quiet)
    counts = Counter(each.outcome for each in files)
    words = {Outcome.PASSED: "genuine", Outcome.FAILED: "failed", Outcome.UNCHECKED: "not fully checked"}
    print_result(", ".join(f"{counts[outcome]} {word}" for outcome, word in words.items() if counts[outcome]))


def _print_one(file: VerifiedFile) -> None:
    print_result(safe(file.file))
    if file.name is not None:
        issuer = "" if file.issuer is None else f", issued by {safe(file.issuer)}"
        print_result(f"  says it is: {safe(file.name)}{issuer}")
    print_table(
        ["check", "", "what was found"],
        [[result.check, _MARKS[result.outcome], result.message] for result in file.results],
    )
    print_result(_VERDICTS[file.outcome])
    if file.outcome is Outcome.PASSED:
        print_result(f"The issuer's key is {safe(file.key or '')}: whose it is, the institution has to say.")
        if file.file.lower().endswith(".svg"):
            print_result("The drawing is not signed; go by the text above.")
