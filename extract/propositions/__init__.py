"""Propositions: what somebody puts forward, cut out, told apart by kind and put together as claims."""

from extract.propositions.assembling import claims_of
from extract.propositions.layers import Layers, Proposition, Segmenter
from extract.propositions.rules import RuleSegmenter

__all__ = ["Layers", "Proposition", "RuleSegmenter", "Segmenter", "claims_of"]
