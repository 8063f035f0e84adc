"""Competencies and Academic Standards Exchange (CASE) 1.1 of 1EdTech: rubrics and frameworks as JSON.

Read are a CFRubric, a list of them and a CFPackage. The rubrics of a package are its CFRubrics; where there
are none, the branches of the framework that its CFItems make up by associations of the type isChildOf.
"""

from collections.abc import Iterator, Mapping, Sequence

from microcred_cli.exchange.case.document_write import write
from microcred_cli.exchange.case.rubrics import (
    DEFAULT_SCALE,
    CaseObject,
    RubricReader,
    describe_default_scale,
)
from microcred_cli.exchange.draft import Draft, Imported, Loss
from microcred_cli.exchange.drafting import GUESSED_THRESHOLD, make_head, make_levels
from microcred_cli.exchange.framework_tree import TOP, Branch, Framework, Node, describe_between, draft_leaves
from microcred_cli.exchange.scales import guess_threshold
from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.refusal import Refusal
from microcred_cli.schema.forms import LANGUAGE
from microcred_cli.texts.json_reader import Json, read_json

__all__ = ["SYSTEM", "read", "write"]

SYSTEM = "CASE"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ADVICE = "known are a CFPackage, a CFRubric and a list of them under CFRubrics, of CASE 1.1"
_RUBRIC = "CFRubricCriteria"
_CHILD = "ischildof"


def read(file: str, data: bytes) -> Imported:
    """Return the rubrics of a document, with a problem where it is not JSON or not CASE."""
    document = read_json(data.removeprefix(_BYTE_ORDER_MARK))
    if isinstance(document, Refusal):
        return _refuse(file, f"this is no JSON that can be read: {document.reason}", None)
    whole = _find_whole(file, document)
    if whole is None:
        return _refuse(file, "this is JSON, but nothing of CASE", _ADVICE)
    return _Package(whole).read()


def _refuse(file: str, message: str, advice: str | None) -> Imported:
    return Imported(SYSTEM, (), (Problem(message, Place(file), advice),))


def _find_whole(file: str, document: Json) -> CaseObject | None:
    """Return the document as a package, whatever of CASE it is; None where it is nothing of it."""
    place = Place(file)
    if isinstance(document, list):
        is_list = bool(document) and all(isinstance(each, dict) and _RUBRIC in each for each in document)
        return CaseObject({"CFRubrics": document}, place) if is_list else None
    if not isinstance(document, dict):
        return None
    if _RUBRIC in document:
        return CaseObject({"CFRubrics": [document]}, place)
    # Some services wrap what was asked for.
    for name in ("CFPackage", "CFRubric"):
        inner = document.get(name)
        if isinstance(inner, dict):
            return _find_whole(file, inner)
    is_package = not document.keys().isdisjoint({"CFDocument", "CFItems", "CFRubrics"})
    return CaseObject(document, place) if is_package else None


class _Package:
    def __init__(self, whole: CaseObject) -> None:
        self.whole = whole
        self.place = whole.place
        self.document = whole.find_object("CFDocument")
        self.items = whole.list_objects("CFItems", "item")
        codes = ((item.read_line("identifier"), item.read_line("humanCodingScheme")) for item in self.items)
        self.codes = {identifier: code for identifier, code in codes if code}
        self.losses: list[Loss] = []
        language = self.document.read_line("language")
        self.language = language if LANGUAGE.accepts(language) else ""
        if language != self.language:
            self.losses.append(Loss(f"the language “{language}”: a rubric takes tags such as en or pt-BR"))

    def read(self) -> Imported:
        """Return the rubrics, or what is refused."""
        problems: list[Problem] = []
        drafts = list(self._read_rubrics(problems)) or list(self._read_framework())
        if not drafts and not problems:
            message = "there is neither a rubric with criteria nor a competency in this file"
            return _refuse(self.place.file, message, _ADVICE)
        if drafts:
            drafts[0] = drafts[0]._replace(losses=(*self.losses, *drafts[0].losses))
        return Imported(SYSTEM, tuple(drafts), tuple(problems))

    def _read_rubrics(self, problems: list[Problem]) -> Iterator[Draft]:
        statements = {item.read_line("identifier"): _title_item(item) for item in self.items}
        for rubric in self.whole.list_objects("CFRubrics", "rubric"):
            reader = RubricReader(rubric, statements, self.language)
            draft = reader.read()
            problems += reader.problems
            if draft is not None:
                yield draft
            else:
                name = rubric.read_line("title") or "without a title"
                self.losses.append(Loss(f"the rubric “{name}”: it has no criteria", rubric.place))

    def _read_framework(self) -> Iterator[Draft]:
        parents = self._find_parents()
        nodes = [
            Node(key, parents.get(key, TOP), _title_item(item), item.read_text("fullStatement"), item.place)
            for item in self._order_items()
            if (key := item.read_line("identifier")) and _title_item(item)
        ]
        lost = len(self.items) - len({node.key for node in nodes})
        if lost:
            self.losses.append(Loss(f"{lost} items without an identifier or a statement of their own"))
        framework = Framework(nodes)
        for node in framework.list_unreachable():
            self.losses.append(Loss(f"“{node.title}”: what it is a child of goes in a circle", node.place))
        for branch in framework.list_branches():
            yield self._make_draft(framework, branch)

    def _list_associations(self) -> Iterator[tuple[str, str, int]]:
        """Yield the child, the parent and the place among its children of what is in the file."""
        for association in self.whole.list_objects("CFAssociations", "association"):
            if association.read_line("associationType").casefold() == _CHILD:
                child = association.find_object("originNodeURI").read_line("identifier")
                parent = association.find_object("destinationNodeURI").read_line("identifier")
                yield child, parent, int(association.read_number("sequenceNumber") or 0)

    def _find_parents(self) -> Mapping[str, str]:
        """Return what each item is a child of; those of the document, or of nothing, are at the top."""
        known = {item.read_line("identifier") for item in self.items}
        parents: dict[str, str] = {}
        several = 0
        for child, parent, _ in self._list_associations():
            if child in known and parent in known and parents.setdefault(child, parent) != parent:
                several += 1
        if several:
            noun = "item is a child" if several == 1 else "items are children"
            self.losses.append(Loss(f"that {several} {noun} of several: only the first counts"))
        return parents

    def _order_items(self) -> Sequence[CaseObject]:
        """Return the items by their sequence numbers, as far as they have any."""
        order = {child: number for child, _, number in self._list_associations()}
        return sorted(self.items, key=lambda item: order.get(item.read_line("identifier"), 0))

    def _make_draft(self, framework: Framework, branch: Branch) -> Draft:
        top = branch.top
        title = self.document.read_line("title") or "Framework" if top is None else top.title
        summary = self.document.read_text("description") if top is None else top.text
        levels = make_levels(DEFAULT_SCALE)
        drafted = draft_leaves(branch.leaves)
        summary = summary if summary != title else ""
        tree = make_head(title, levels, guess_threshold(levels), summary=summary, language=self.language)
        tree["subcompetencies"] = drafted.parts
        remarks: dict[Route, str] = {("shown_at",): GUESSED_THRESHOLD, **drafted.remarks}
        place = self.place if top is None else top.place
        between = describe_between(framework.list_between(branch), place)
        codes = self._describe_codes(branch)
        return Draft(tree, remarks, (describe_default_scale(place), *drafted.losses, *between, *codes))

    def _describe_codes(self, branch: Branch) -> Iterator[Loss]:
        """Yield that the items have codes, for which only the badge's alignment would have a place."""
        for leaf in branch.leaves:
            if leaf.key in self.codes:
                message = f"the codes of the items, such as {self.codes[leaf.key]} of “{leaf.title}”"
                yield Loss(message, leaf.place)
                return


def _title_item(item: CaseObject) -> str:
    return item.read_line("abbreviatedStatement") or " ".join(item.read_text("fullStatement").split())
