"""The structure: the official JSON Schema, and what Open Badges 3.0 asks for beyond it."""

import re
from collections.abc import Iterator

from jsonschema import Draft201909Validator, FormatChecker
from jsonschema.exceptions import best_match

from microcred_cli.credentials.library import VC_CONTEXT, Document, Json, Library
from microcred_cli.credentials.term_scopes import is_absolute
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.timestamps import parse_timestamp

_OB_CONTEXT = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.\d\.\d\.json", re.ASCII)
_BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
# Links that run something, or read the files of whoever follows them. Browsers pass over blanks in them.
_BLANKS = re.compile(r"[\x00-\x20]+")
_SCHEMES = ("javascript:", "vbscript:", "file:")
_LINKS = frozenset({"id", "url", "targetUrl"})
_HASH = re.compile(r"sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32}", re.ASCII)

# The formats that the schema names; without a checker it lets every text through.
_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date-time")(lambda value: not isinstance(value, str) or parse_timestamp(value) is not None)
_FORMATS.checks("date")(
    lambda value: (
        not isinstance(value, str) or (len(value) == len("2026-01-01") and parse_date(value) is not None)
    )
)


class StructureReader:
    """Checks documents by the schema of a library."""

    def __init__(self, library: Library) -> None:
        self._validator = Draft201909Validator(library.schema, format_checker=_FORMATS)

    def check(self, document: Json) -> Refusal | None:
        """Return the first thing that is wrong with the structure of a badge; None when it is sound."""
        if not isinstance(document, dict):
            return Refusal("it is not a JSON object")
        for reason in _find_faults(document):
            return Refusal(reason)
        error = best_match(self._validator.iter_errors(document))
        if error is not None:
            return Refusal(f"{error.json_path}: {shorten(error.message, 120)}")
        for reason in _find_broken_references(document):
            return Refusal(reason)
        return None


def _find_faults(document: Document) -> Iterator[str]:
    """Yield what the schema lets through."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or len(contexts) < 2 or contexts[0] != VC_CONTEXT:  # noqa: PLR2004 - VC, OB
        yield "$.@context: it is not an Open Badge 3.0: that begins with the context of VC 2.0"
    elif not isinstance(contexts[1], str) or _OB_CONTEXT.fullmatch(contexts[1]) is None:
        yield "$.@context[1]: it is not the context of Open Badges 3.0"
    types = document.get("type")
    if not isinstance(types, list) or "VerifiableCredential" not in types or not _BADGE_TYPES & _texts(types):
        yield "$.type: it lacks VerifiableCredential or OpenBadgeCredential"
    if not isinstance(document.get("id"), str) or not is_absolute(document["id"]):
        yield "$.id: it is not a whole address"
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or not isinstance(subject.get("achievement"), dict):
        yield "$.credentialSubject: it holds no achievement"
    elif "id" not in subject and not subject.get("identifier"):
        yield "$.credentialSubject: it names its recipient neither by `id` nor by `identifier`"
    yield from _find_empty(document, "$")
    yield from _find_dangerous_links(document, "$")


def _texts(values: list[Json]) -> set[str]:
    return {each for each in values if isinstance(each, str)}


def _find_empty(value: Json, place: str) -> Iterator[str]:
    """Yield nulls and empty lists: they must be left out, and no proof covers them."""
    if value is None or value == []:
        yield f"{place}: {'null' if value is None else 'an empty list'} must be left out"
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _find_empty(each, f"{place}.{shorten(key)}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _find_empty(each, f"{place}[{index}]")


def _find_dangerous_links(value: Json, place: str) -> Iterator[str]:
    """Yield links that no reader of a badge should ever follow."""
    if isinstance(value, dict):
        for key, each in value.items():
            where = f"{place}.{shorten(key)}"
            if key in _LINKS and isinstance(each, str):
                target = _BLANKS.sub("", each).casefold()
                scheme = next(filter(target.startswith, _SCHEMES), None)
                if scheme is not None:
                    yield f"{where}: it is a link of the kind `{scheme}`"
            yield from _find_dangerous_links(each, where)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _find_dangerous_links(each, f"{place}[{index}]")


def _find_broken_references(document: Document) -> Iterator[str]:
    """Yield results and levels that lead nowhere (Open Badges 3.0, Result and ResultDescription)."""
    subject = document["credentialSubject"]
    place = "$.credentialSubject.achievement.resultDescription"
    described: dict[str, Document] = {}
    for index, each in enumerate(_list(subject["achievement"].get("resultDescription"))):
        levels = _list_levels(each)
        if not all(isinstance(name, str) for name in (each["id"], *levels)):
            yield f"{place}[{index}]: an id is a text"
            return
        if each["id"] in described:
            yield f"{place}[{index}].id: another has the same"
        described[each["id"]] = each
        if len(levels) != len(set(levels)):
            yield f"{place}[{index}].rubricCriterionLevel: two levels have the same id"
        if "requiredLevel" in each and each["requiredLevel"] not in levels:
            yield f"{place}[{index}].requiredLevel: it is none of the levels beside it"
        values = _list(each.get("allowedValue"))
        if values and "requiredValue" in each and each["requiredValue"] not in values:
            yield f"{place}[{index}].requiredValue: it is none of the values beside it"
    for index, each in enumerate(_list(subject.get("result"))):
        yield from _check_result(each, described, f"$.credentialSubject.result[{index}]")
    for index, each in enumerate(_list(subject.get("identifier"))):
        if each.get("hashed") is True and _HASH.fullmatch(str(each.get("identityHash"))) is None:
            yield f"$.credentialSubject.identifier[{index}].identityHash: it is not a hash"


def _check_result(result: Document, described: dict[str, Document], place: str) -> Iterator[str]:
    link = result.get("resultDescription")
    if link is None:
        if "achievedLevel" in result:
            yield f"{place}.achievedLevel: without a resultDescription nobody knows of what"
        return
    if not isinstance(link, str) or link not in described:
        yield f"{place}.resultDescription: the achievement describes no such result"
        return
    description = described[link]
    if "achievedLevel" in result and result["achievedLevel"] not in _list_levels(description):
        yield f"{place}.achievedLevel: the result it belongs to has no such level"
    if description.get("resultType") == "Status" and "status" not in result:
        yield f"{place}: a result of the type Status needs a status"


def _list(value: Json) -> list[Json]:
    """Return a set that may have been compacted to its only member."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _list_levels(description: Document) -> list[Json]:
    return [level["id"] for level in _list(description.get("rubricCriterionLevel"))]
