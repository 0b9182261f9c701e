"""Realised data, read from where it is published."""
