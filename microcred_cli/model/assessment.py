"""Everything an assessment folder holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from microcred_cli.model.gradebook import Learner
from microcred_cli.model.override import Overruled, Waiting
from microcred_cli.model.results import (
    AwardRow,
    Badge,
    DecisionRow,
    Gap,
    LeftOut,
    Piece,
    SourceDecision,
    Step,
)
from microcred_cli.model.rubric import Rubric

FORMAT = "microcred-assessment/1"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file the assessment rests on; ``role`` is ``gradebook``, ``rubric``, ``overrides`` or ``held``."""

    role: str
    path: str
    sha256: str
    system: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was assessed, when (UTC, ISO 8601), with which tool and options."""

    tool_version: str
    assessed_at: str
    inputs: tuple[InputFile, ...]
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The manifest, the rubrics used, and one table each.

    ``decisions`` holds a row for every learner and sub-competency, ``awards`` one for every learner and
    rubric, both in the order of ``learners``. ``by_source`` and ``held`` are there where an award asks for
    them, ``overruled`` where a person decided. ``left_out`` says who was left out of all that, and why;
    ``waiting`` what persons decided about them.
    """

    manifest: Manifest
    rubrics: tuple[Rubric, ...]
    learners: tuple[Learner, ...]
    decisions: tuple[DecisionRow, ...]
    awards: tuple[AwardRow, ...]
    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...] = ()
    steps: tuple[Step, ...] = ()
    by_source: tuple[SourceDecision, ...] = ()
    held: tuple[Badge, ...] = ()
    overruled: tuple[Overruled, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    @property
    def learners_left_out(self) -> tuple[str, ...]:
        """The keys of those left out, each once."""
        return tuple(dict.fromkeys(row.learner for row in self.left_out))
