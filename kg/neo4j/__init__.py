"""The graph in Neo4j: writing it, drawing it, following the change log."""
