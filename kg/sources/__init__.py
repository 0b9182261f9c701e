"""Realised data from their sources. Reading is pure; whoever fetches or opens files stands above."""
