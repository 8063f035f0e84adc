"""One learner's badge, as the contexts of ``credential.json.j2`` and ``narrative.md.j2``."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from microcred_cli.credentials.achievement import Context, name_level, name_result
from microcred_cli.credentials.library import CONTEXTS, SCHEMA
from microcred_cli.model.award import Shown, list_leaves
from microcred_cli.model.award_words import describe_rule
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.project import Form, Issuer, Project, Recipient, Results
from microcred_cli.model.results import DecisionRow
from microcred_cli.model.rubric import EuropeanElements, Rubric, SubCompetency
from microcred_cli.texts.durations import add_duration
from microcred_cli.texts.timestamps import write_timestamp


@dataclass(frozen=True, slots=True)
class EarnedAward:
    """What a learner has earned: the learner, the rubric, the decisions on all its sub-competencies."""

    learner: Learner
    rubric: Rubric
    decisions: tuple[DecisionRow, ...]

    @property
    def shown(self) -> tuple[tuple[SubCompetency, DecisionRow], ...]:
        """The sub-competencies that were shown; a badge tells of no others."""
        rows = {row.subcompetency: row for row in self.decisions}
        parts = ((part, rows[part.id]) for part in self.rubric.subcompetencies)
        return tuple((part, row) for part, row in parts if row.decision is Decision.SHOWN)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What makes a badge this one and no other; all of it is in the ledger before it is signed.

    ``id`` is a UUID, ``salt`` hexadecimal digits that nobody can guess, ``achievement`` a URI.
    """

    id: str
    salt: str
    valid_from: datetime
    achievement: str


def describe_issuer(issuer: Issuer, did: str) -> Context:
    """Return the issuer as a badge names it."""
    return {"id": did, "name": issuer.name, "url": issuer.url, "email": issuer.email}


def describe_badge(award: EarnedAward, project: Project, particulars: Particulars, narrative: str) -> Context:
    """Return the context of a badge; ``narrative`` is Markdown, from ``describe_narrative``."""
    identifier = f"urn:uuid:{particulars.id}"
    lasting = None if award.rubric.badge is None else award.rubric.badge.expires_after
    end = None if lasting is None else write_timestamp(add_duration(particulars.valid_from, lasting))
    return {
        "contexts": list(CONTEXTS),
        "schema": SCHEMA,
        "id": identifier,
        "subject": f"{identifier}#holder",
        "criteria": f"{identifier}#criteria",
        "valid_from": write_timestamp(particulars.valid_from),
        "valid_until": end,
        "identifiers": _list_identifiers(award.learner, project.recipient, particulars.salt),
        "narrative": narrative,
        "results": [
            {
                "id": f"{identifier}#result/{part.id}",
                "description": name_result(particulars.achievement, part.id),
                "level": name_level(particulars.achievement, part.id, _get_level(row, award.rubric)),
                "score": str(row.score)
                if project.results is Results.SCORES and row.score is not None
                else None,
            }
            for part, row in award.shown
        ],
    }


def describe_narrative(award: EarnedAward) -> Context:
    """Return what is told in words: the rule, the level asked for, each level reached, European elements.

    No level where the rule asks for badges only.
    """
    rubric = award.rubric
    levelled = any(isinstance(leaf, Shown) for leaf in list_leaves(rubric.award))
    return {
        "rule": describe_rule(rubric, rubric.award),
        "threshold": rubric.level(rubric.shown_at).title if levelled else None,
        "shown": [
            {
                "title": part.title,
                "level": rubric.level(_get_level(row, rubric)).title,
                "criteria": [
                    {"title": each.title, "descriptor": each.descriptors.get(_get_level(row, rubric))}
                    for each in part.criteria
                ],
            }
            for part, row in award.shown
        ],
        "elements": _list_elements(None if rubric.badge is None else rubric.badge.european),
    }


def _list_elements(european: EuropeanElements | None) -> list[Context]:
    """Return title and text of each element that is given, in the order of the recommendation (Annex I)."""
    if european is None:
        return []
    elements = (
        ("Country or region of the issuer", ", ".join(european.countries)),
        ("Workload", european.workload),
        ("Level", european.level),
        ("Assessment", european.assessment),
        ("Participation", european.participation),
        ("Quality assurance", european.quality_assurance),
        ("Prerequisites", european.prerequisites),
        ("Supervision and identity verification", european.supervision),
        ("Stackability", european.stackability),
    )
    # Each stands on a line of its own, however it was written.
    return [{"title": title, "text": " ".join(text.split())} for title, text in elements if text]


def find_missing(learner: Learner, recipient: Recipient) -> Sequence[str]:
    """Return which of the things a badge is to tell of its holder are not known."""
    wanted = (("name", recipient.name, learner.name), ("e-mail address", recipient.email, learner.email))
    return [noun for noun, form, value in wanted if form is not None and not value]


def _get_level(row: DecisionRow, rubric: Rubric) -> str:
    """Return the level reached; what a person decided without a level counts as the one asked for."""
    return rubric.shown_at if row.level is None else row.level


def _list_identifiers(learner: Learner, recipient: Recipient, salt: str) -> list[Context]:
    wanted = (("name", recipient.name, learner.name), ("emailAddress", recipient.email, learner.email))
    return [
        _identify(kind, value.lower() if kind == "emailAddress" else value, form, salt)
        for kind, form, value in wanted
        if form is not None and value
    ]


def _identify(kind: str, value: str, form: Form, salt: str) -> Context:
    """Return an IdentityObject (Open Badges 3.0): the hash is over the value with the salt behind it.

    The e-mail address is in lower case, whether it is hashed or not.
    """
    if form is Form.PLAIN:
        return {"kind": kind, "value": value, "salt": None}
    digest = hashlib.sha256(f"{value}{salt}".encode()).hexdigest()
    return {"kind": kind, "value": f"sha256${digest}", "salt": salt}
