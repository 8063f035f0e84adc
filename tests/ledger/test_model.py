"""Whatever is asked of a ledger in whatever order, it answers as a dictionary would."""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from microcred_cli.ledger.ledger import open_ledger, read_ledger
from microcred_cli.model.ledger import BadgeRecord, BadgeState
from tests.ledger.records import hash_file, make_record, make_secret

RECORDS = st.builds(
    lambda number, learner, rubric, version, index: make_record(
        number, learner=learner, rubric=rubric, version=version, status_index=index
    ),
    st.integers(0, 15),
    st.sampled_from(["l1", "l2", "l3", "l4"]),
    st.sampled_from(["teamwork", "writing"]),
    st.sampled_from(["1.0.0", "1.1.0", "2.0.0"]),
    st.integers(0, 15),
)
NUMBERS = st.lists(st.integers(0, 15), max_size=4, unique=True)


def claims(record: BadgeRecord) -> set[object]:
    """Return what only one badge may have."""
    major = record.version.split(".")[0]
    return {record.id, record.status_index, (record.learner, record.rubric, major)}


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.model: dict[str, BadgeRecord] = {}
        self.stack = ExitStack()

    @property
    def path(self) -> Path:
        return self.folder / "ledger.db"

    @initialize()
    def start(self) -> None:
        self.ledger = self.stack.enter_context(open_ledger(self.path, make_secret))

    @rule()
    def close_and_open(self) -> None:
        self.stack.close()
        self.start()

    @rule()
    def be_killed(self) -> None:
        """Go on with the files as they are on disk just now."""
        left = Path(tempfile.mkdtemp())
        for name in ("ledger.db", "ledger.db-wal"):
            if (self.folder / name).exists():
                shutil.copyfile(self.folder / name, left / name)
        self.stack.close()
        shutil.rmtree(self.folder)
        self.folder = left
        self.start()

    @rule(records=st.lists(RECORDS, max_size=3))
    def plan(self, records: list[BadgeRecord]) -> None:
        taken = {claim for record in self.model.values() for claim in claims(record)}
        fits = True
        for record in records:
            fits = fits and not claims(record) & taken
            taken |= claims(record)
        try:
            self.ledger.plan(records)
        except ValueError:
            assert not fits
        else:
            assert fits
            self.model |= {record.id: record for record in records}

    @rule(numbers=NUMBERS, other=st.booleans())
    def mark_issued(self, numbers: list[int], *, other: bool) -> None:
        files = {make_record(number).id: hash_file(number + other) for number in numbers}
        fits = all(
            badge in self.model and self.model[badge].file in {None, file} for badge, file in files.items()
        )
        try:
            self.ledger.mark_issued(files)
        except ValueError:
            assert not fits
        else:
            assert fits
            for badge, file in files.items():
                self.model[badge] = replace(self.model[badge], state=BadgeState.ISSUED, file=file)

    @rule(numbers=NUMBERS)
    def forget(self, numbers: list[int]) -> None:
        ids = [make_record(number).id for number in numbers]
        self.ledger.forget(ids)
        for badge in ids:
            if badge in self.model and self.model[badge].state is BadgeState.PLANNED:
                del self.model[badge]

    @rule()
    def try_things(self) -> None:
        with read_ledger(self.path, make_secret) as trial:
            assert trial.list_badges() == tuple(self.model.values())
            trial.forget(self.model)

    @invariant()
    def agree(self) -> None:
        if hasattr(self, "ledger"):
            assert self.ledger.list_badges() == tuple(self.model.values())

    def teardown(self) -> None:
        self.stack.close()
        shutil.rmtree(self.folder)


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(max_examples=25, stateful_step_count=20)
