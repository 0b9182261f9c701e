from tests.neo4j_server import neo4j_driver, neo4j_uri

__all__ = ["neo4j_driver", "neo4j_uri"]
