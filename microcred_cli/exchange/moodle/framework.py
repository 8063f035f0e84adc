"""The CSV by which Moodle takes competency frameworks in and gives them out: branches become rubrics.

Layout from ``admin/tool/lpimportcsv`` of moodle/moodle: a row for the framework, a row for each competency
that names the one above it by id number. The headings are translated; Moodle goes by the place of a column.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from microcred_cli.exchange.draft import Draft, Imported, Loss
from microcred_cli.exchange.drafting import GUESSED_THRESHOLD, make_head, make_levels
from microcred_cli.exchange.framework_tree import TOP, Branch, Framework, Node, describe_between, draft_leaves
from microcred_cli.exchange.moodle.framework_write import write
from microcred_cli.exchange.moodle.rows import Competency, Rows, Scale, is_framework_file, read_rows
from microcred_cli.exchange.moodle.rules import AwardReader
from microcred_cli.exchange.scales import guess_threshold
from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.sheet import Sheet

__all__ = ["SYSTEM", "read", "recognise", "write"]

SYSTEM = "Moodle competency framework"


def recognise(sheet: Sheet) -> bool:
    """Return whether the table is a competency framework, in whatever language its headings are."""
    return is_framework_file(sheet)


def read(sheet: Sheet) -> Imported:
    """Return a rubric for each top competency with others under it, and one for those that have none.

    There is a problem for every row that is refused.
    """
    rows = read_rows(sheet)
    place = Place(sheet.file)
    problems = list(rows.problems)
    if rows.framework is None:
        advice = "export the framework from Moodle again; its row has 1 under Is framework"
        problems.append(Problem("there is no row for the framework", place, advice))
        return Imported(SYSTEM, (), tuple(problems))
    if not rows.framework.scale.titles:
        advice = "write the scale's values, separated by commas, lowest first, under Scale values"
        problems.append(Problem("the framework has no scale", rows.framework.place, advice))
    if not rows.competencies:
        problems.append(Problem("there are no competencies under the framework", place))
    if problems:
        return Imported(SYSTEM, (), tuple(problems))
    reader = _Reader(rows, rows.framework)
    drafts = tuple(reader.make_drafts())
    if not drafts:
        message = "the parents of the competencies go in a circle"
        return Imported(SYSTEM, (), (Problem(message, place, "leave a parent id number blank"),))
    return Imported(SYSTEM, drafts)


class _Reader:
    def __init__(self, rows: Rows, framework: Competency) -> None:
        self.top = framework
        self.competencies = {each.key: each for each in rows.competencies}
        self.tree = Framework(
            [Node(each.key, each.parent, each.title, each.text, each.place) for each in rows.competencies]
        )

    def make_drafts(self) -> Iterator[Draft]:
        """Yield the rubrics; what is lost of the whole file stands in the first."""
        losses = tuple(
            Loss(f"“{node.title}” is under a competency that is not in the file, and left out", node.place)
            for node in self.tree.list_unreachable()
        )
        for branch in self.tree.list_branches():
            draft = self._make_draft(branch)
            yield draft._replace(losses=(*losses, *draft.losses))
            losses = ()

    def _make_draft(self, branch: Branch) -> Draft:
        top = self.top if branch.top is None else self.competencies[branch.top.key]
        scale, scale_losses = self._choose_scale(branch.leaves)
        levels = make_levels(scale.titles)
        drafted = draft_leaves(branch.leaves)
        remarks: dict[Route, str] = dict(drafted.remarks)
        if scale.lowest_proficient is None:
            remarks["shown_at",] = GUESSED_THRESHOLD
            shown_at = guess_threshold(levels)
        else:
            shown_at = levels[scale.lowest_proficient]["id"]
        award = AwardReader(self.tree, self.competencies, drafted.ids).read(
            TOP if branch.top is None else top.key
        )
        if award.remark is not None:
            remarks["award",] = award.remark
        tree = make_head(top.title, levels, shown_at, summary=top.text)
        tree |= {"subcompetencies": drafted.parts, "award": award.tree}
        between = describe_between(self.tree.list_between(branch), top.place)
        related = self._describe_related(branch.leaves)
        losses = (*scale_losses, *drafted.losses, *between, *award.losses, *related)
        return Draft(tree, remarks, losses)

    def _choose_scale(self, leaves: Sequence[Node]) -> tuple[Scale, tuple[Loss, ...]]:
        """Return the scale that most of the competencies have, with a loss for each that has another."""
        own = [(leaf, self.competencies[leaf.key].scale) for leaf in leaves]
        scales = [scale if scale.titles else self.top.scale for _, scale in own]
        counts = Counter(scales)
        chosen = max(counts, key=lambda scale: counts[scale])
        losses = [Loss(fault, self.top.place) for fault in chosen.faults]
        for leaf, scale in zip(leaves, scales, strict=True):
            if scale.titles != chosen.titles:
                names = ", ".join(scale.titles)
                losses.append(Loss(f"“{leaf.title}” has a scale of its own ({names}) in Moodle", leaf.place))
            elif scale.lowest_proficient != chosen.lowest_proficient:
                message = f"“{leaf.title}” is proficient from another value of the scale on in Moodle"
                losses.append(Loss(message, leaf.place))
        return chosen, tuple(losses)

    def _describe_related(self, leaves: Sequence[Node]) -> Iterator[Loss]:
        related = sum(self.competencies[leaf.key].is_related for leaf in leaves)
        if related:
            noun = "competency refers" if related == 1 else "competencies refer"
            yield Loss(f"{related} {noun} to others; rubrics have no cross references")
