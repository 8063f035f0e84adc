"""Findings mended by edits of the text, which leave every other byte as it is."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.model.fix import Edit
from microcred_cli.texts.edits import apply_edits

# What one fix brings to light another may mend; a file that is not done by then never will be.
_MAXIMUM_ROUNDS = 20
_MARK = b"\xef\xbb\xbf"

Lint = Callable[[bytes], LintedFile]


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file before and after its fixes: both texts, what was mended, and what the linter says now."""

    before: bytes
    after: bytes
    mended: tuple[LintFinding, ...]
    linted: LintedFile

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


def fix_file(data: bytes, lint: Lint, codes: frozenset[str], *, unsafe: bool) -> FixedFile:
    """Return the file with all its findings of these rules mended for which there is a fix.

    ``lint`` says what is wrong with the bytes of a file. Without ``unsafe`` only safe fixes are applied. A
    fix is kept only where its finding is gone afterwards and none came that could have been seen before;
    so the last text needs no further fix that this function would apply.
    """
    current, linted = data, lint(data)
    mended: list[LintFinding] = []
    refused: set[tuple[str, str]] = set()
    for _ in range(_MAXIMUM_ROUNDS):
        wanted = [each for each in list_fixable(linted, unsafe=unsafe) if each.code in codes]
        chosen = _choose(each for each in wanted if _identify(each) not in refused)
        if not chosen:
            break
        batches = [chosen, *([each] for each in chosen)] if len(chosen) > 1 else [chosen]
        for batch in batches:
            after = _edit(current, linted.document.text, batch)
            result = lint(after)
            if _has_mended(linted, result, batch):
                current, linted = after, result
                mended += batch
                break
            if len(batch) == 1:
                refused.add(_identify(batch[0]))
    return FixedFile(data, current, tuple(mended), linted)


def list_fixable(file: LintedFile, *, unsafe: bool) -> list[LintFinding]:
    """Return the findings that count and have a fix, with ``unsafe`` also one that needs a look."""
    return [
        each for each in file.findings if each.counts and each.fix is not None and (unsafe or each.fix.safe)
    ]


def _choose(findings: Iterable[LintFinding]) -> list[LintFinding]:
    """Return the findings, in their order, whose fixes do not touch what one before them touches."""
    chosen: list[LintFinding] = []
    taken: list[tuple[int, int]] = []
    for finding in findings:
        spans = [(edit.span.start, edit.span.end) for edit in _list_edits(finding)]
        if not any(start <= end_ and start_ <= end for start, end in spans for start_, end_ in taken):
            chosen.append(finding)
            taken += spans
    return chosen


def _edit(data: bytes, text: str, batch: Sequence[LintFinding]) -> bytes:
    """Return the bytes with the fixes applied to the text that they hold."""
    edited = apply_edits(text, [edit for each in batch for edit in _list_edits(each)])
    return (_MARK if data.startswith(_MARK) else b"") + edited.encode("utf-8")


def _has_mended(before: LintedFile, after: LintedFile, batch: Sequence[LintFinding]) -> bool:
    """Return whether the findings are gone, and no other came unless more of the file can be read now."""
    known = Counter(map(_identify, before.findings))
    left = Counter(map(_identify, after.findings))
    for each in batch:
        known[_identify(each)] -= 1
    if any(left[key] > known[key] for key in map(_identify, batch)):
        return False
    # While its structure has a fault, most rules cannot look at a rubric; what they find then is not new.
    return not before.complete or not left - known


def _identify(finding: LintFinding) -> tuple[str, str]:
    return finding.slug, finding.message


def _list_edits(finding: LintFinding) -> tuple[Edit, ...]:
    assert finding.fix is not None  # noqa: S101 - only findings with a fix are chosen
    return finding.fix.edits
