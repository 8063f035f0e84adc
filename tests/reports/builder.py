"""Assessments built by hand, small enough to read and with one of everything."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from microcred_cli.model.assessment import Assessment, InputFile, Manifest
from microcred_cli.model.award import AtLeast, Award, Shown
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.method import Method
from microcred_cli.model.override import Overruled
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece, Step
from microcred_cli.model.rubric import (
    Criterion,
    EvidenceItem,
    Level,
    MethodChoice,
    Needs,
    Rubric,
    SubCompetency,
)

SHOWN, NOT_YET = Decision.SHOWN, Decision.NOT_YET
TOO_LITTLE, UNASSESSED = Decision.INSUFFICIENT_EVIDENCE, Decision.NOT_ASSESSED

LEVELS = (
    Level("beginning", "Beginning", Decimal(1)),
    Level("developing", "Developing", Decimal(2)),
    Level("proficient", "Proficient", Decimal(3)),
    Level("exemplary", "Exemplary", Decimal(4)),
)


def build_criterion(title: str, does: str) -> Criterion:
    descriptors = {
        "beginning": f"{does} when asked to, and only in part.",
        "developing": f"{does} with reminders.",
        "proficient": f"{does} reliably and says why it matters.",
        "exemplary": f"{does} and helps others to do the same when the plan changes.",
    }
    return Criterion(title.lower().replace(" ", "-"), title, descriptors)


def build_rubric(rubric_id: str = "teamwork", title: str = "Teamwork") -> Rubric:
    parts = (
        SubCompetency(
            "goals",
            "Works toward shared goals",
            (
                build_criterion("Agrees on goals with the team", "Restates the goal"),
                build_criterion("Keeps commitments", "Delivers agreed work on time"),
            ),
            (EvidenceItem("Team charter"), EvidenceItem("Sprint review")),
            MethodChoice(within="2 years"),
        ),
        SubCompetency(
            "listens",
            "Listens",
            (build_criterion("Takes in what others say", "Sums up another's point"),),
            (EvidenceItem("Meeting minutes"), EvidenceItem("Peer review 1"), EvidenceItem("Peer review 2")),
            MethodChoice(Method.AVERAGE, at_least=Needs(2)),
        ),
        SubCompetency(
            "feedback",
            "Gives feedback",
            (build_criterion("Gives feedback that can be acted on", "Points to the place and the effect"),),
            (EvidenceItem("Peer review 1"), EvidenceItem("Peer review 2")),
            MethodChoice(Method.DECAYING_AVERAGE),
        ),
        SubCompetency(
            "conflict",
            "Resolves conflict",
            (build_criterion("Handles disagreement", "Names what each side needs"),),
            (EvidenceItem("Conflict case"), EvidenceItem("Retrospective"), EvidenceItem("Sprint review")),
            MethodChoice(Method.N_MASTERY, n=3),
        ),
    )
    rule = AtLeast(2, (Shown("goals"), AtLeast(2, (Shown("listens"), Shown("feedback"), Shown("conflict")))))
    summary = "Works with others toward a shared goal, listens, gives feedback and settles disagreements."
    return Rubric(rubric_id, "1.0.0", title, LEVELS, "proficient", parts, rule, summary)


def decide(
    learner: str,
    subcompetency: str,
    decision: Decision,
    level: str | None = None,
    score: str | None = None,
    pieces: int = 0,
    rubric: str = "teamwork",
) -> DecisionRow:
    number = None if score is None else Decimal(score)
    return DecisionRow(learner, rubric, "1.0.0", subcompetency, decision, level, number, pieces, "highest")


def collect(
    learner: str, subcompetency: str, items: Sequence[tuple[str, str]], rubric: str = "teamwork"
) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            learner,
            rubric,
            subcompetency,
            nth,
            item,
            None,
            Decimal(value),
            Decimal(10),
            "share",
            Decimal(value) * 4 / 10,
            f"2026-1{nth - 1}-15",
            "R. Okafor",
            "instructor",
            None,
            "gradebook.csv",
            nth + 4,
            nth + 3,
        )
        for nth, (item, value) in enumerate(items, start=1)
    )


def award(
    learner: str, state: Award, shown: tuple[str, ...], missing: tuple[str, ...], rubric: str = "teamwork"
) -> AwardRow:
    return AwardRow(learner, rubric, "1.0.0", state, shown, missing)


MANIFEST = Manifest(
    "0.1.0",
    "2026-11-24T00:21:19Z",
    (
        InputFile("gradebook", "exports/gradebook.csv", "9f" * 32, "canvas"),
        InputFile("rubric", "rubrics/teamwork.yaml", "4c" * 32),
    ),
    {"engine": "duckdb", "as_of": "2026-11-24"},
)


def build_assessment() -> Assessment:
    """Return four learners (two of one name, one of none) that meet every kind of decision and award."""
    learners = (
        Learner("s1001", "Ada Okonkwo", "ada@example.org", 5),
        Learner("s1002", "Alex Kim", None, 6),
        Learner("s1003", "Alex Kim", None, 7),
        Learner("s1004", None, None, 8),
    )
    decisions = (
        decide("s1001", "goals", SHOWN, "exemplary", "4", 2),
        decide("s1001", "listens", SHOWN, "proficient", "3.25", 3),
        decide("s1001", "feedback", SHOWN, "proficient", "3", 1),
        decide("s1001", "conflict", TOO_LITTLE, pieces=3),
        decide("s1002", "goals", NOT_YET, "developing", "2.4", 1),
        decide("s1002", "listens", TOO_LITTLE, pieces=1),
        decide("s1002", "feedback", NOT_YET, None, "0.5", 1),
        decide("s1002", "conflict", UNASSESSED),
        decide("s1003", "goals", SHOWN, "proficient", "3", 1),
        decide("s1003", "listens", TOO_LITTLE, pieces=1),
        replace(
            decide("s1003", "feedback", SHOWN, "proficient", pieces=2),
            decided_by="M. Ito",
            reason="Gave excellent feedback in the studio",
        ),
        decide("s1003", "conflict", NOT_YET, "beginning", "1", 1),
        decide("s1004", "goals", UNASSESSED),
        decide("s1004", "listens", UNASSESSED),
        replace(decide("s1004", "feedback", SHOWN, "proficient"), decided_by="M. Ito", reason="Seen at work"),
        decide("s1004", "conflict", UNASSESSED),
    )
    pieces = (
        *collect("s1001", "goals", [("Team charter", "7"), ("Sprint review", "10")]),
        *collect(
            "s1001", "listens", [("Meeting minutes", "6.5"), ("Peer review 1", "8"), ("Peer review 2", "10")]
        ),
        *collect("s1001", "feedback", [("Peer review 1", "7.5")]),
        *collect(
            "s1001", "conflict", [("Conflict case", "5"), ("Retrospective", "8"), ("Sprint review", "7")]
        ),
        *collect("s1002", "goals", [("Team charter", "6")]),
        *collect("s1002", "listens", [("Peer review 1", "9")]),
        *collect("s1002", "feedback", [("Peer review 1", "1.25")]),
        *collect("s1003", "goals", [("Team charter", "7.5")]),
        *collect("s1003", "listens", [("Peer review 1", "9")]),
        *collect("s1003", "feedback", [("Peer review 1", "9"), ("Peer review 2", "5.85")]),
        *collect("s1003", "conflict", [("Conflict case", "2.5")]),
    )
    awards = (
        award("s1001", Award.EARNED, ("goals", "listens", "feedback"), ("conflict",)),
        award("s1002", Award.NOT_YET, (), ("goals", "listens", "feedback", "conflict")),
        award("s1003", Award.INCOMPLETE, ("goals", "feedback"), ("listens", "conflict")),
        award("s1004", Award.INCOMPLETE, ("feedback",), ("goals", "listens", "conflict")),
    )
    gaps = (
        Gap("s1002", "teamwork", "listens", "Meeting minutes", None, "missing", "gradebook.csv", 6, 4),
        Gap("s1002", "teamwork", "listens", "Peer review 2", "Tone", "excused", "gradebook.csv", 6, 6),
        Gap(
            "s1002",
            "teamwork",
            "goals",
            "Sprint review",
            None,
            "replaced",
            "gradebook.csv",
            6,
            5,
            "9 of 10",
            "2026-10-01",
            "R. Okafor",
            1,
        ),
        Gap(
            "s1002",
            "teamwork",
            "goals",
            "Sprint review",
            None,
            "too old",
            "gradebook.csv",
            7,
            5,
            "Proficient",
        ),
    )
    steps = tuple(
        Step(learner, "teamwork", subcompetency, step, Decimal(value))
        for learner, subcompetency, step, value in (
            ("s1001", "goals", "the best", "4"),
            ("s1001", "goals", "unrounded", "4"),
            ("s1001", "conflict", "total", "3.2"),
            ("s1001", "conflict", "scores kept", "1"),
            ("s1002", "goals", "the best", "2.4"),
            ("s1002", "goals", "unrounded", "2.4"),
        )
    )
    overruled = (
        overrule(
            "s1003", "Gave excellent feedback in the studio", NOT_YET, "developing", "2.78", outdated=True
        ),
        overrule("s1004", "Seen at work", UNASSESSED),
    )
    return Assessment(
        MANIFEST,
        (build_rubric(),),
        learners,
        decisions,
        awards,
        pieces,
        gaps,
        steps,
        overruled=overruled,
    )


def overrule(
    learner: str,
    reason: str,
    method: Decision,
    level: str | None = None,
    score: str | None = None,
    *,
    outdated: bool = False,
) -> Overruled:
    number = None if score is None else Decimal(score)
    return Overruled(
        learner,
        "teamwork",
        "feedback",
        SHOWN,
        reason,
        "M. Ito",
        "2026-11-20",
        method,
        level,
        number,
        "0" * 32,
        outdated,
    )


def add_rubric(assessment: Assessment, rubric: Rubric) -> Assessment:
    """Return the assessment with another rubric, under which nothing has been assessed."""
    keys = [learner.key for learner in assessment.learners]
    parts = [part.id for part in rubric.subcompetencies]
    decisions = tuple(decide(key, part, UNASSESSED, rubric=rubric.id) for key in keys for part in parts)
    awards = tuple(award(key, Award.INCOMPLETE, (), tuple(parts), rubric.id) for key in keys)
    return replace(
        assessment,
        rubrics=(*assessment.rubrics, rubric),
        decisions=(*assessment.decisions, *decisions),
        awards=(*assessment.awards, *awards),
    )


def build_cohort(size: int) -> Assessment:
    """Return a cohort of that size in which every learner has three pieces for every sub-competency."""
    ladder = (
        (SHOWN, "exemplary", "3.6"),
        (SHOWN, "proficient", "3.12"),
        (NOT_YET, "developing", "2.4"),
        (NOT_YET, "beginning", "1.2"),
        (NOT_YET, None, "0.4"),
        (TOO_LITTLE, None, None),
    )
    rubric = build_rubric()
    learners = tuple(Learner(f"s{number:04d}", f"Learner {number}", None, number) for number in range(size))
    decisions = []
    pieces: list[Piece] = []
    awards = []
    for number, learner in enumerate(learners):
        shown = []
        for place, part in enumerate(rubric.subcompetencies):
            decision, level, score = ladder[(number * 7 + place * number // 3) % len(ladder)]
            decisions.append(decide(learner.key, part.id, decision, level, score, 3))
            if decision is SHOWN:
                shown.append(part.id)
            items = [("Team charter", "6"), ("Sprint review", "7.5"), ("Peer review 1", "9")]
            pieces += collect(learner.key, part.id, items)
        missing = tuple(part.id for part in rubric.subcompetencies if part.id not in shown)
        state = Award.EARNED if len(shown) > 2 else Award.NOT_YET
        awards.append(award(learner.key, state, tuple(shown), missing))
    return Assessment(MANIFEST, (rubric,), learners, tuple(decisions), tuple(awards), tuple(pieces))
