"""Findings mended by edits of the text, which leave every other byte as it is."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from microcred_cli.linting.catalog import Finder, find_entry
from microcred_cli.linting.record import MAXIMUM_FINDINGS, LintedFile, LintFinding
from microcred_cli.model.fix import Edit
from microcred_cli.texts.edits import edit_file

# A file that takes more than that is made to take long.
_MAXIMUM_LINTS = 200
# Behind these nothing, or not everything, is read.
_STOPPING = frozenset(
    {
        "not-utf8",
        "not-yaml",
        "tab-indentation",
        "too-deep",
        "too-large",
        "several-documents",
        "control-character",
    }
)

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
    fix is kept only where its finding is gone afterwards and none came that could have been seen before, and
    a safe one only where a rubric that could be decided by is the same as before.
    """
    fixing = _Fixing(data, lint)
    while fixing.lints < _MAXIMUM_LINTS:
        wanted = [each for each in list_fixable(fixing.linted, unsafe=unsafe) if each.code in codes]
        if not fixing.try_some(wanted):
            break
    return FixedFile(data, fixing.data, tuple(fixing.mended), fixing.linted)


class _Fixing:
    """A file on its way: what it is now, what has been mended, and what could not be."""

    def __init__(self, data: bytes, lint: Lint) -> None:
        self.data = data
        self.lint = lint
        self.linted = lint(data)
        self.lints = 1
        self.mended: list[LintFinding] = []
        self._refused: Counter[tuple[str, str]] = Counter()
        self._is_stale = False

    def try_some(self, wanted: Sequence[LintFinding]) -> bool:
        """Apply some of the fixes, or find one that cannot be; return whether there was anything to try."""
        left = self._leave_out_refused(wanted)
        if not left and self._is_stale:
            # What could not be mended before may be now that something else has been.
            self._refused.clear()
            self._is_stale = False
            left = list(wanted)
        # A safe fix is held to more than one that needs a look, so they don't go together.
        batch = _choose([each for each in left if each.fix is not None and each.fix.safe] or left)
        while batch:
            after = _edit(self.data, self.linted.document.text, batch)
            result = self.lint(after)
            self.lints += 1
            if _has_mended(self.linted, result, batch):
                self.data, self.linted = after, result
                self.mended += batch
                self._is_stale = bool(self._refused)
                return True
            if len(batch) == 1:
                self._refused[_identify(batch[0])] += 1
                return True
            batch = batch[: len(batch) // 2]
        return False

    def _leave_out_refused(self, wanted: Sequence[LintFinding]) -> list[LintFinding]:
        """Return the findings but for as many of each kind as were refused, the first ones."""
        refused = self._refused.copy()
        left = []
        for each in wanted:
            if refused[_identify(each)] > 0:
                refused[_identify(each)] -= 1
            else:
                left.append(each)
        return left


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
    return edit_file(data, text, [edit for each in batch for edit in _list_edits(each)])


def _has_mended(before: LintedFile, after: LintedFile, batch: Sequence[LintFinding]) -> bool:
    """Return whether the findings are gone, and no other came that could have been seen before."""
    known = Counter(map(_identify, before.findings))
    left = Counter(map(_identify, after.findings))
    known -= Counter(map(_identify, batch))
    # Of more findings than are listed nobody can tell whether there are fewer now.
    whole = len(before.findings) < MAXIMUM_FINDINGS
    if whole and any(left[each] > known[each] for each in map(_identify, batch)):
        return False
    new = left - known
    if before.rubric is not None and all(each.fix is not None and each.fix.safe for each in batch):
        return not new and after.rubric == before.rubric
    if whole and before.complete:
        return not new
    # While its structure has a fault, most rules cannot look at a rubric; what they find then is not new.
    # What the reader finds is, unless it could not read on.
    stopped = any(each.slug in _STOPPING for each in before.findings)
    return stopped or not any(_is_about_reading(slug) for slug, _ in new)


def _is_about_reading(slug: str) -> bool:
    entry = find_entry(slug)
    return entry is not None and entry.finder is Finder.READER


def _identify(finding: LintFinding) -> tuple[str, str]:
    return finding.slug, finding.message


def _list_edits(finding: LintFinding) -> tuple[Edit, ...]:
    assert finding.fix is not None  # noqa: S101 - only findings with a fix are chosen
    return finding.fix.edits
