"""Whose words reach readers through whom: speakers who are quoted, and the media that print them."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from schemas.actor import ANALYSTS, AUTHOR, MARKET
from schemas.claim import Claim, Speech
from schemas.graph import Edge, EdgeType, edge_of

NOBODY: Final = frozenset({AUTHOR, MARKET, ANALYSTS})
"""Speakers that stand for no single actor."""


def quoted_in(claims: Iterable[Claim]) -> frozenset[str]:
    """Return whom claims quote: not the narrator, and nobody who is no single actor."""
    quoted = (claim.attribution.speakers for claim in claims if claim.attribution.speech is not Speech.NARRATION)
    return frozenset(speaker for speakers in quoted for speaker in speakers) - NOBODY


def relays_of(speakers: Iterable[str], outlet_id: str, published: date | None) -> dict[str, Edge]:
    """Return the edges from the speakers that one article quotes to its publisher, by id; nobody relays himself.

    Example:
        >>> [edge.source_id for edge in relays_of({"dalio", "cna"}, "cna", date(2025, 3, 20)).values()]
        ['dalio']
    """
    days = {"first_on": published.isoformat(), "last_on": published.isoformat()} if published is not None else {}
    edges = (edge_of(EdgeType.RELAYS, speaker, outlet_id, **days) for speaker in sorted(speakers))
    return {edge.edge_id: edge for edge in edges if edge.source_id != outlet_id}


def widened(edge: Edge, other: Edge | None) -> Edge:
    """Return a relay that spans the days of two.

    Example:
        >>> (june,) = relays_of({"dalio"}, "cna", date(2025, 6, 2)).values()
        >>> (march,) = relays_of({"dalio"}, "cna", date(2025, 3, 20)).values()
        >>> widened(june, march).data
        {'first_on': '2025-03-20', 'last_on': '2025-06-02'}
    """
    days = sorted(str(day) for one in (edge, other) if one is not None for day in one.data.values())
    return edge.model_copy(update={"data": {"first_on": days[0], "last_on": days[-1]} if days else {}})
