"""The queries that decide, in the order in which they run."""

from dataclasses import replace

from microcred_cli.assessment.features import Features
from microcred_cli.assessment.query.conversion import compose_conversion
from microcred_cli.assessment.query.deciding import compose_decisions, compose_reckoning
from microcred_cli.assessment.query.placing import compose_pieces
from microcred_cli.assessment.query.sifting import compose_sifting
from microcred_cli.assessment.query.ties import compose_ties
from microcred_cli.model.table import Query

CONVERTED = "converted"
SIFTED = "sifted"
ASIDE = "aside"
PIECES = "pieces"
RECKONED = "reckoned"
DECISIONS = "decisions"
TIES = "ties"

_ASIDE = "select c.row_id, c.learner, c.goal, c.position, c.reason from sifted c where c.reason is not null"


def compose_queries(features: Features, *, explain: bool = True) -> tuple[Query, ...]:
    """Return the queries that decide; ``aside``, ``pieces``, ``ties`` and ``decisions`` are told.

    ``aside`` lists the scores that do not count, ``ties`` pairs that have no order although one is needed;
    each is there only when there can be any. Without ``explain`` only ties and decisions are told, and the
    pieces hold no more than these need.
    """
    sifting = compose_sifting(features)
    # Raters are counted among all marks, those of which an agreed one stands for too.
    once = sifting is not None or not features.counts_raters
    queries = [Query(CONVERTED, compose_conversion(features), told=False, once=once)]
    source = CONVERTED
    if sifting is not None:
        queries.append(Query(SIFTED, sifting, told=False))
        queries += [Query(ASIDE, _ASIDE)] if explain else []
        source = SIFTED
    queries.append(Query(PIECES, compose_pieces(features, source, explain=explain), told=explain))
    ties = compose_ties(features)
    if ties is not None:
        queries.append(Query(TIES, ties))
    return (*queries, *_compose_results(features, source))


def compose_supposition(features: Features) -> tuple[Query, ...]:
    """Return the queries that decide what is already in a table ``converted``, all of which counts."""
    # A score that is supposed may stand beside one of the same item.
    pieces = compose_pieces(replace(features, rescores=True), CONVERTED, explain=False)
    return (Query(PIECES, pieces, told=False), *_compose_results(features, CONVERTED))


def _compose_results(features: Features, source: str) -> tuple[Query, ...]:
    return (
        Query(RECKONED, compose_reckoning(features), told=False),
        Query(DECISIONS, compose_decisions(features, source)),
    )
