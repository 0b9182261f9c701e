"""SPARQL over the graph: read-only, with limits that hold.

`Endpoint` feeds a worker process from the change log of any store. The worker keeps the graph as triples and forks for
each query, so that a query can be killed where it stands and the graph is neither copied nor lost.
"""
