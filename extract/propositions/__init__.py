"""Propositions: what somebody puts forward, cut out, told apart by kind and put together as claims."""

from extract.layers import Layers
from extract.propositions.assembling import claims_of
from extract.propositions.protocol import Attributor, Proposition, Segmenter
from extract.propositions.rules import RuleSegmenter

__all__ = ["Attributor", "Layers", "Proposition", "RuleSegmenter", "Segmenter", "claims_of"]
