"""Predictions settled against realised data."""
