"""Which gradebook items the evidence of rubrics is, and what came of the proposals, in words."""

from collections.abc import Iterator

from microcred_cli.assessment.mapping import MappedEvidence, MappingState
from microcred_cli.cli.tables import print_table
from microcred_cli.workflows.map_evidence import Mapped

_HEADINGS = ("sub-competency", "in the rubric", "in the gradebook", "")


def print_mapping(mapped: Mapped) -> None:
    """Print a table for each rubric; nothing without rubrics."""
    for number, file in enumerate(mapped.files):
        rows = [
            [
                file.rubric.subcompetencies[each.subcompetency].id,
                each.evidence or "",
                each.item or " or ".join(each.candidates),
                each.state,
            ]
            for each in mapped.mapping
            if each.rubric == number
        ]
        print_table(_HEADINGS, rows, title=file.path.as_posix())


def list_notes(mapped: Mapped, *, write: bool) -> Iterator[str]:
    """Yield what a person may do next, or what was done."""
    for each in mapped.faulty:
        yield f"{each.path.as_posix()} has errors; `microcred lint` shows them"
    proposals = [each for each in mapped.mapping if each.is_proposal]
    ties = sum(each.state is MappingState.TIE for each in mapped.mapping)
    if mapped.written:
        yield f"written to {', '.join(path.as_posix() for path in mapped.written)}: {_count(proposals)}"
    elif proposals and not write:
        yield f"{_count(proposals)} proposed; `--write` puts them into the rubric, and changes nothing else"
    elif write and not proposals:
        yield "nothing is proposed, so nothing was written"
    if ties:
        tie = "1 tie is" if ties == 1 else f"{ties} ties are"
        yield f"{tie} left to you: name the right item in the rubric"


def list_obstacles(mapped: Mapped) -> Iterator[str]:
    """Yield why nothing was written, if that is so."""
    for each in mapped.obstacles:
        reason = "the rubric would say something else"
        if each.finding is not None:
            reason = f"{each.finding.code} {each.finding.slug}: {each.finding.message}"
        yield f"{each.path.as_posix()}: with the proposals {reason}"
    if mapped.obstacles:
        yield "nothing was written"
        yield "  help: name these items in the rubric by hand"


def _count(proposals: list[MappedEvidence]) -> str:
    additions = sum(each.state is MappingState.ADDITION for each in proposals)
    names = len(proposals) - additions
    counted = ((names, "name"), (additions, "addition"))
    return " and ".join(f"{count} {noun}{'s' * (count > 1)}" for count, noun in counted if count)
