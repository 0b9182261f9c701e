"""Service, command line and REST: the only place that sees both extract and kg."""
