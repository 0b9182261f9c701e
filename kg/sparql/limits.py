"""What a query may cost."""

from dataclasses import dataclass

MEBIBYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost; beyond it, it is refused, killed or cut.

    Attributes:
        seconds: how long it may run before it is killed.
        rows: rows it may return before the answer is cut; triples it may construct.
        characters: length of its text.
        query_bytes: memory that it may take beside the graph; held where the system tells how much is taken (Linux).
        changes: changes in the log of a store that is read at all; reading 10,000 takes seconds.
        graph_bytes: memory of the worker with the graph.
        at_once: queries that may run at the same time.
    """

    seconds: float = 10.0
    rows: int = 10_000
    characters: int = 50_000
    query_bytes: int = 1024 * MEBIBYTE
    changes: int = 500_000
    graph_bytes: int = 8192 * MEBIBYTE
    at_once: int = 4
