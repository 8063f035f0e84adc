"""The CSV by which Canvas takes outcomes in and gives them out: each group with outcomes is a rubric.

Layout in canvas_outcome_rows. What Canvas takes where the file is silent is that of
``app/models/learning_outcome.rb`` and ``outcome_proficiency.rb`` of instructure/canvas-lms: without a method
the older decaying average, which the screens call weighted, of 65%; without ratings three of 5, 3 and 0
points, or the account's scale of five where the file has no column of ratings.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.exchange.canvas.mastery_scales import align_at_mastery
from microcred_cli.exchange.canvas.outcome_rows import (
    RATINGS,
    REQUIRED,
    Entries,
    Entry,
    read_entries,
)
from microcred_cli.exchange.canvas.outcomes_write import write
from microcred_cli.exchange.criterion_titles import title_criterion
from microcred_cli.exchange.draft import Draft, Imported, Loss, Tree
from microcred_cli.exchange.drafting import GUESSED_THRESHOLD, make_head, make_part
from microcred_cli.exchange.scales import (
    Placed,
    RatedCriterion,
    Rating,
    Scale,
    align_criteria,
    guess_threshold,
)
from microcred_cli.model.finding import Route
from microcred_cli.model.method import SPECIFICATIONS, Method
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.sheet import Sheet

__all__ = ["SYSTEM", "read", "recognise", "write"]

SYSTEM = "Canvas outcomes"
_ITEM_REMARK = "of several assessments each as its own item: Outcome > Assessment"
_METHOD_REMARK = "the file does not say; Canvas takes this"
_METHODS = {
    "decaying_average": Method.WEIGHTED_AVERAGE,
    "weighted_average": Method.WEIGHTED_AVERAGE,
    "standard_decaying_average": Method.DECAYING_AVERAGE,
    "n_mastery": Method.N_MASTERY,
    "highest": Method.HIGHEST,
    "latest": Method.LATEST,
    "average": Method.AVERAGE,
}
_USUAL_METHOD = "decaying_average"
_USUAL_COUNT = 5
_OUTCOME_SCALE = (
    Rating("Does Not Meet Expectations", Decimal(0)),
    Rating("Meets Expectations", Decimal(3)),
    Rating("Exceeds Expectations", Decimal(5)),
)
_ACCOUNT_SCALE = tuple(
    Rating(title, Decimal(points))
    for points, title in enumerate(
        ("No Evidence", "Below Mastery", "Near Mastery", "Mastery", "Exceeds Mastery")
    )
)
_USUAL_MASTERY = Decimal(3)


def recognise(sheet: Sheet) -> bool:
    """Return whether the table is one of Canvas's outcomes."""
    return REQUIRED.issubset(sheet.fold_heading())


def read(sheet: Sheet) -> Imported:
    """Return a rubric for each group that has outcomes, with a problem for every row that is refused."""
    read_rows = read_entries(sheet)
    drafts = tuple(_Grouping(sheet.file, read_rows).make_drafts())
    problems = read_rows.problems
    if not drafts and not problems:
        advice = "export the outcomes from Canvas again, and look whether there are rows of the type outcome"
        problems = (Problem("there is no outcome in this file", Place(sheet.file), advice),)
    return Imported(SYSTEM, drafts, problems)


class _Grouping:
    """Which outcomes stand in which group, and what is left out on the way."""

    def __init__(self, file: str, read_rows: Entries) -> None:
        self.columns = read_rows.columns
        self.losses: list[Loss] = []
        groups = [entry for entry in read_rows.entries if entry.kind == "group"]
        self.groups: Mapping[str, Entry] = {entry.guid: entry for entry in groups if entry.guid}
        self.deleted = _find_deleted(groups)
        self.members: dict[str, list[Entry]] = {}
        for entry in read_rows.entries:
            if entry.kind == "outcome":
                self._place(entry)
        self.top = _make_title(file)

    def _place(self, entry: Entry) -> None:
        if entry.is_deleted:
            self.losses.append(Loss(f"“{entry.title}” is deleted in Canvas and left out", entry.place))
            return
        known = [guid for guid in entry.parents if guid in self.groups]
        if len(known) < len(entry.parents):
            message = f"“{entry.title}” is also in a group that the file does not have"
            self.losses.append(Loss(message.replace("also ", "") if not known else message, entry.place))
        alive = [guid for guid in known if guid not in self.deleted]
        if known and not alive:
            message = f"“{entry.title}” is in a group that is deleted in Canvas, and left out"
            self.losses.append(Loss(message, entry.place))
            return
        for guid in alive or [""]:
            self.members.setdefault(guid, []).append(entry)

    def make_drafts(self) -> Iterator[Draft]:
        """Yield the rubrics in the order of the groups in the file, that of no group last."""
        losses = tuple(self.losses)
        for guid in (*self.groups, ""):
            if guid in self.members:
                draft = _OutcomeRubric(self.members[guid], self.columns).make_draft(*self._describe(guid))
                yield draft._replace(losses=(*draft.losses, *losses))
                losses = ()

    def _describe(self, guid: str) -> tuple[str, str, tuple[Loss, ...]]:
        """Return the title of a group, its description, and what there is above it."""
        group = self.groups.get(guid)
        if group is None:
            return self.top, "", ()
        above = [self.groups[parent].title for parent in group.parents if parent in self.groups]
        losses = [
            Loss(f"“{group.title}” is inside the group “{title}”; rubrics have no groups", group.place)
            for title in above[:1]
        ]
        return group.title, group.description, tuple(losses)


def _find_deleted(groups: Sequence[Entry]) -> set[str]:
    """Return the groups that are deleted, with those inside them; a parent stands before its children."""
    deleted: set[str] = set()
    for group in groups:
        if group.is_deleted or (group.parents and deleted.issuperset(group.parents)):
            deleted.add(group.guid)
    return deleted


def _make_title(file: str) -> str:
    stem = file.rpartition("/")[2].partition(", sheet ")[0].rpartition(".")[0]
    return " ".join(stem.replace("_", " ").split()) or "Outcomes"


class _Method(NamedTuple):
    """How an outcome is decided, as the rubric says it, and what is to be said of that."""

    tree: Tree
    remark: str | None
    losses: tuple[Loss, ...]


class _OutcomeRubric:
    """The outcomes of one group on one scale."""

    def __init__(self, outcomes: Sequence[Entry], columns: frozenset[str]) -> None:
        self.losses: list[Loss] = []
        self.columns = columns
        self.outcomes = [outcome if outcome.ratings else self._give_ratings(outcome) for outcome in outcomes]
        self.scale: Scale = align_criteria(
            [RatedCriterion(each.title, each.ratings, each.place) for each in self._align_mastery()]
        )
        self.losses += self.scale.losses
        self.losses += self._describe_own_points()

    def _describe_own_points(self) -> Iterator[Loss]:
        placed = zip(self.outcomes, self.scale.criteria, strict=True)
        own = [f"“{outcome.title}”" for outcome, each in placed if each.cuts]
        if own:
            names = ", ".join(own[:3]) + (" and others" if own[3:] else "")
            message = f"points between two ratings of {names}: they count as the lower one"
            yield Loss(f"{message}, as the ratings have points of their own")

    def _align_mastery(self) -> list[Entry]:
        """Return the outcomes, their ratings called after those of the longest scale where mastery is one."""
        model = max(self.outcomes, key=lambda each: len({rating.points for rating in each.ratings}))
        aligned = []
        for outcome in self.outcomes:
            ratings = align_at_mastery(outcome.ratings, outcome.mastery, model.ratings, model.mastery)
            if ratings is not None:
                old, new = (", ".join(rating.title for rating in each) for each in (outcome.ratings, ratings))
                message = f"the ratings of “{outcome.title}”, {old}: they are {new} here"
                self.losses.append(Loss(message, outcome.place))
            aligned.append(outcome if ratings is None else outcome._replace(ratings=ratings))
        return aligned

    def _give_ratings(self, outcome: Entry) -> Entry:
        usual = _OUTCOME_SCALE if RATINGS in self.columns else _ACCOUNT_SCALE
        names = ", ".join(f"{rating.title} {rating.points}" for rating in reversed(usual))
        message = f"“{outcome.title}” has no ratings in the file; it has those that Canvas gives it: {names}"
        self.losses.append(Loss(message, outcome.place))
        mastery = _USUAL_MASTERY if outcome.mastery is None else outcome.mastery
        return outcome._replace(ratings=usual, mastery=mastery)

    def make_draft(self, title: str, summary: str, losses: Sequence[Loss]) -> Draft:
        """Return the rubric under that title."""
        shown_at, remarks = self._find_threshold()
        tree = make_head(title, self.scale.levels, shown_at, summary=summary)
        tree["subcompetencies"] = parts = []
        taken: set[str] = set()
        for number, (outcome, placed) in enumerate(zip(self.outcomes, self.scale.criteria, strict=True)):
            method = _choose_method(outcome)
            parts.append({**self._make_part(outcome, placed, taken), "decide": method.tree})
            taken.add(parts[-1]["id"])
            self.losses += method.losses
            if method.remark is not None:
                remarks["subcompetencies", number, "decide"] = method.remark
        remarks["subcompetencies", 0, "evidence", 0, "item"] = _ITEM_REMARK
        return Draft(tree, remarks, (*losses, *self.losses))

    def _make_part(self, outcome: Entry, placed: Placed, taken: set[str]) -> Tree:
        text = outcome.description or outcome.friendly
        criterion, lost = title_criterion(outcome.title, text, outcome.place)
        self.losses += lost
        if outcome.friendly and outcome.description and outcome.friendly != outcome.description:
            self.losses.append(Loss(f"the friendly description of “{outcome.title}”", outcome.place))
        item: Tree = {"item": outcome.title, **({"cuts": placed.cuts} if placed.cuts else {})}
        return make_part(outcome.name or outcome.title, taken, [(criterion, placed.descriptors)], [item])

    def _find_threshold(self) -> tuple[str, dict[Route, str]]:
        """Return the level at which most outcomes are mastered, with a remark where the file does not say."""
        found = [
            (outcome, self._find_mastery(outcome, placed))
            for outcome, placed in zip(self.outcomes, self.scale.criteria, strict=True)
        ]
        counts = Counter(level for _, level in found if level is not None)
        if not counts:
            return guess_threshold(self.scale.levels), {("shown_at",): GUESSED_THRESHOLD}
        shown_at = max(counts, key=lambda level: counts[level])
        titles = {level["id"]: level["title"] for level in self.scale.levels}
        for outcome, level in found:
            if level not in {shown_at, None}:
                message = (
                    f"“{outcome.title}” is mastered at “{titles[level]}” in Canvas; all sub-competencies of "
                    f"a rubric are shown at one level, “{titles[shown_at]}” here"
                )
                self.losses.append(Loss(message, outcome.place))
        return shown_at, {}

    def _find_mastery(self, outcome: Entry, placed: Placed) -> str | None:
        """Return the lowest level of which the points mean mastery."""
        if outcome.mastery is None:
            return None
        points = sorted({rating.points for rating in outcome.ratings})
        enough = [each for each in points if each >= outcome.mastery]
        if outcome.mastery not in points:
            message = (
                f"“{outcome.title}” is mastered at {outcome.mastery} points, which no rating has; "
                f"here from the {'next rating up' if enough else 'highest rating'}"
            )
            self.losses.append(Loss(message, outcome.place))
        return self._find_level(enough[0] if enough else points[-1], points, placed)

    def _find_level(self, wanted: Decimal, points: Sequence[Decimal], placed: Placed) -> str:
        """Return the level at which the rating of those points stands."""
        ids: list[str] = [level["id"] for level in self.scale.levels]
        if placed.cuts:
            # Every rating has a cut but one at the lowest level.
            levels = [*placed.cuts] if len(placed.cuts) == len(points) else [ids[0], *placed.cuts]
            return levels[points.index(wanted)]
        highest: Decimal = self.scale.levels[-1]["points"]
        top = points[-1] or Decimal(1)
        shares = [abs(level["points"] * top - wanted * highest) for level in self.scale.levels]
        return ids[shares.index(min(shares))]


def _choose_method(outcome: Entry) -> _Method:
    name = outcome.method or _USUAL_METHOD
    remark = None if outcome.method else _METHOD_REMARK
    method = _METHODS.get(name)
    if method is None:
        message = f"“{outcome.title}” is decided by “{name}”, which is not known; here by the highest score"
        return _Method({"by": str(Method.HIGHEST)}, remark, (Loss(message, outcome.place),))
    tree: Tree = {"by": str(method)}
    losses: list[Loss] = []
    for parameter in SPECIFICATIONS[method].parameters:
        usual = _USUAL_COUNT if parameter.default is None else parameter.default
        wanted = usual if outcome.number is None else outcome.number
        number = min(max(wanted, parameter.minimum), parameter.maximum)
        if number != wanted:
            message = f"“{outcome.title}”: {wanted} is out of range for {name}; it is {number} here"
            losses.append(Loss(message, outcome.place))
        tree[parameter.name] = f"{number}%" if parameter.percent else number
    return _Method(tree, remark, tuple(losses))
