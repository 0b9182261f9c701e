"""How much each claim of a document is worth checking, and why."""

from extract.checkworthiness.scoring import Surroundings, surroundings_of, weighed

__all__ = ["Surroundings", "surroundings_of", "weighed"]
