"""Lexicons as data: YAML files, loaded and checked once."""
