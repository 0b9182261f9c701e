"""Actors: found in the text, named, and linked to one id each."""

from extract.actors.layer import ActorLayer, tag_actors

__all__ = ["ActorLayer", "tag_actors"]
