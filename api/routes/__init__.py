"""REST routes, one module for each collection."""
