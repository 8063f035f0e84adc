"""Lint many files in several processes."""

import gc
import os
import signal
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from threading import Thread
from time import sleep

from microcred_cli.linting.award_lists import read_held
from microcred_cli.linting.engine import compare_files
from microcred_cli.linting.record import LintedFile
from microcred_cli.texts.nodes import Document
from microcred_cli.workflows.lint_inputs import LintInput

_BATCH = 20
_MOST_PROCESSES = 8
_COLLECTED = 50_000
_PATIENCE = 2  # seconds


@dataclass(frozen=True, slots=True)
class Slip:
    """What another process says of a file, without what only that process needs.

    ``identity`` is the rubric's id and version, None where there is no sound rubric; ``asks``: its award asks
    for other badges.
    """

    file: LintedFile
    identity: tuple[str, str] | None
    asks: bool


def lint_many(inputs: Sequence[LintInput]) -> tuple[LintedFile, ...]:
    """Return what linting the files one after the other would, in less time.

    Their documents hold no nodes, and their text only where there are findings. Raises MissingInputError and
    UnreadableFileError.
    """
    batches = [inputs[start : start + _BATCH] for start in range(0, len(inputs), _BATCH)]
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES, len(batches))
    try:
        # Not forked: the parent may run threads, and other systems cannot.
        with ProcessPoolExecutor(processes, get_context("spawn"), _prepare_process) as pool:
            slips = [slip for batch in pool.map(lint_batch, batches) for slip in batch]
    except (OSError, ImportError, BrokenProcessPool):
        # Some surroundings allow no further process, or no semaphore.
        slips = lint_batch(inputs)
    return _compare(inputs, slips)


def lint_batch(inputs: Sequence[LintInput]) -> list[Slip]:
    """Return what there is to say of each file on its own."""
    return [_make_slip(each.lint(each.read())) for each in inputs]


def _make_slip(file: LintedFile) -> Slip:
    light = file._replace(
        document=Document(file.document.text if file.findings else "", None), rubric=None, project=None
    )
    if file.rubric is None:
        return Slip(light, None, asks=False)
    return Slip(light, (file.rubric.id, file.rubric.version), any(True for _ in read_held(file.document)))


def _compare(inputs: Sequence[LintInput], slips: Sequence[Slip]) -> tuple[LintedFile, ...]:
    """Return the files; those that have something to do with each other are read again and compared."""
    known = Counter(slip.identity for slip in slips if slip.identity is not None)
    related = [
        place
        for place, slip in enumerate(slips)
        if slip.identity is not None and (known[slip.identity] > 1 or slip.asks)
    ]
    files = [slip.file for slip in slips]
    again = (inputs[place] for place in related)
    for place, file in zip(related, compare_files([each.lint(each.read()) for each in again]), strict=True):
        files[place] = file
    return tuple(files)


def _prepare_process() -> None:
    """Let the first process alone answer an interruption; look seldom for garbage: there is little."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    gc.set_threshold(_COLLECTED)


def _end_with_parent(parent: int) -> None:
    """End this process once the first one is gone: killed, it can tell nobody."""
    while os.getppid() == parent:
        sleep(_PATIENCE)
    os._exit(1)
