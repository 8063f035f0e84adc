"""The queries that decide, in the order in which they run."""

from microcred_cli.assessment.features import Features
from microcred_cli.assessment.query.conversion import compose_conversion
from microcred_cli.assessment.query.deciding import compose_decisions
from microcred_cli.assessment.query.placing import compose_pieces
from microcred_cli.assessment.query.sifting import compose_sifting
from microcred_cli.assessment.query.ties import compose_ties
from microcred_cli.model.table import Query

CONVERTED = "converted"
SIFTED = "sifted"
ASIDE = "aside"
PIECES = "pieces"
DECISIONS = "decisions"
TIES = "ties"

_ASIDE = "select c.row_id, c.learner, c.goal, c.position, c.reason from sifted c where c.reason is not null"


def compose_queries(features: Features) -> tuple[Query, ...]:
    """Return the queries that decide; ``aside``, ``pieces``, ``ties`` and ``decisions`` are told.

    ``aside`` lists the scores that do not count, ``ties`` pairs that have no order although one is needed;
    each is there only when there can be any.
    """
    sifting = compose_sifting(features)
    # Raters are counted among all marks, those of which an agreed one stands for too.
    once = sifting is not None or not features.counts_raters
    queries = [Query(CONVERTED, compose_conversion(features), told=False, once=once)]
    source = CONVERTED
    if sifting is not None:
        queries += [Query(SIFTED, sifting, told=False), Query(ASIDE, _ASIDE)]
        source = SIFTED
    queries.append(Query(PIECES, compose_pieces(features, source)))
    ties = compose_ties(features)
    if ties is not None:
        queries.append(Query(TIES, ties))
    return (*queries, Query(DECISIONS, compose_decisions(features, source)))


def compose_supposition(features: Features) -> tuple[Query, ...]:
    """Return the queries that decide what is already in a table ``converted``, all of which counts."""
    return (
        Query(PIECES, compose_pieces(features, CONVERTED), told=False),
        Query(DECISIONS, compose_decisions(features, CONVERTED)),
    )
