"""Why a learner's decisions are what they are."""

from dataclasses import dataclass, replace
from pathlib import Path

from microcred_cli.assessment.explanation import explain_assessment
from microcred_cli.assessment.manifest import LARGE_LEARNERS, LEARNERS, LEFT_OUT
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.errors import UnknownNameError
from microcred_cli.model.explanation import LearnerExplanation
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.results import LeftOut
from microcred_cli.texts.names import fold_name, sort_name
from microcred_cli.texts.suggest import advise_name, suggest_name
from microcred_cli.workflows.read_assessment import holds_large, read_assessment
from microcred_cli.workflows.suppose_scores import suppose_scores

# So many keys help; of a large table there may be thousands.
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Explained:
    """What was asked for of a learner, and the tables somebody changed since they were written.

    ``left_out``: the problems for which nothing was decided about the learner.
    """

    explanation: LearnerExplanation
    changed: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()


def explain_learner(name: str, subcompetency: str | None, folder: Path | None) -> Explained:
    """Explain the decisions of the learner of that key, or of that name or part of one if nobody else has it.

    With ``subcompetency`` only of that one; a rubric without it is passed over. Of a learner who was left
    out, whom only the key tells, there is nothing but why. Of a table for the engine the learner's scores are
    read again. Raises UnknownNameError for an unknown learner or sub-competency, with a suggestion.
    """
    if holds_large(folder):
        from microcred_cli.workflows.recall_large import recall_learner

        assessment = recall_learner(folder, lambda every: find_learner(every, name, LARGE_LEARNERS))
        changed: tuple[str, ...] = ()
    else:
        stored = read_assessment(folder)
        assessment, changed = stored.assessment, stored.changed
    left_out = _find_left_out(assessment, name)
    if left_out:
        return Explained(LearnerExplanation(Learner(left_out[0].learner), ()), changed, left_out)
    learner = find_learner(assessment, name)
    known = [part.id for rubric in assessment.rubrics for part in rubric.subcompetencies]
    if subcompetency is not None and subcompetency not in known:
        raise UnknownNameError(
            f"there is no sub-competency {subcompetency}", advise_name(subcompetency, dict.fromkeys(known))
        )
    (explanation,) = suppose_scores(explain_assessment(assessment, learner.key), subcompetency)
    return Explained(_choose(explanation, subcompetency), changed)


def _choose(explanation: LearnerExplanation, subcompetency: str | None) -> LearnerExplanation:
    if subcompetency is None:
        return explanation
    chosen = [
        replace(award, decisions=decisions)
        for award in explanation.awards
        if (decisions := tuple(each for each in award.decisions if each.subcompetency.id == subcompetency))
    ]
    return replace(explanation, awards=tuple(chosen))


def _find_left_out(assessment: Assessment, name: str) -> tuple[LeftOut, ...]:
    """Return why the learner of that key was left out; nothing, for anybody else."""
    folded = fold_name(name)
    return tuple(row for row in assessment.left_out if fold_name(row.learner) == folded)


def find_learner(assessment: Assessment, name: str, table: str = LEARNERS) -> Learner:
    """Return the learner of that key, or else of that name; ``table`` lists all. Raises UnknownNameError.

    The advice names keys only, and none that is an e-mail address: messages hold nothing personal.
    """
    folded = fold_name(name)
    keys = {learner.key: learner for learner in assessment.learners}
    if name in keys:
        return keys[name]
    found = [learner for learner in assessment.learners if fold_name(learner.key) == folded]
    found = found or _find_named(assessment, name)
    if len(found) == 1:
        return found[0]
    if found:
        keys_found = [learner.key for learner in found if "@" not in learner.key]
        more = ", …" if len(keys_found) > _LISTED else ""
        listed = ", ".join(keys_found[:_LISTED]) + more
        advice = f"say which by key: {listed}" if listed else "say which by key"
        raise UnknownNameError("several learners have that name", advice)
    # In many an export the key is a name, or an address; a number is neither.
    every = (*keys, *assessment.learners_left_out)
    numbers = [key for key in every if key.isascii() and key.isalnum() and any(map(str.isdigit, key))]
    suggestion = suggest_name(name, numbers)
    tables = f"{table} and {LEFT_OUT}" if assessment.left_out else table
    advice = f"did you mean `{suggestion}`?" if suggestion else f"the keys are in {tables}"
    raise UnknownNameError("there is no learner of that key or name", advice)


def _find_named(assessment: Assessment, name: str) -> list[Learner]:
    """Return the learners of that whole name, in either order, or else those with these words in it.

    Accents and case are passed over.
    """
    asked = set(_split_name(name))
    if not asked:
        return []
    named = [(learner, set(_split_name(learner.name or ""))) for learner in assessment.learners]
    whole = [learner for learner, words in named if words == asked]
    return whole or [learner for learner, words in named if asked <= words]


def _split_name(name: str) -> list[str]:
    return sort_name(name).replace(",", " ").split()
