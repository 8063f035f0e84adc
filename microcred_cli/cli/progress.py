"""Progress of long work, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Less than this many badges are done before a bar would be seen.
_MANY = 200


@contextmanager
def show_progress(what: str, total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Return what to tell how much of ``total`` is done; it shows a bar where somebody may watch."""
    if quiet or total < _MANY or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.update(task, completed=done)
