"""Actors in text: found, named, linked to one id."""
