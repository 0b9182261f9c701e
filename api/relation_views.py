"""What the service shows of how claims stand to each other."""

from datetime import date

from kg.relations.consensus import Consensus
from schemas.base import Model
from schemas.graph import EdgeType


class RelationView(Model):
    """How a claim stands to another one, and why.

    Attributes:
        relation: RESTATES, CONTRADICTS or SUPERSEDES.
        is_source: whether the claim that was asked for does it to the other one; a contradiction goes both ways.
        reason: a mnemonic code.
        explanation: what each of both says, and on which ground they meet.
        claim_id: the other claim.
        url: where the service shows it.
        text: its words.
        speakers: the names of those who say it.
        said_on: when it was said.
    """

    relation: EdgeType
    is_source: bool
    reason: str
    explanation: str
    claim_id: str
    url: str
    text: str
    speakers: tuple[str, ...]
    said_on: date | None


class ConsensusView(Model):
    """What is held together of a target, a window each, and the names of those who hold it, by their ids."""

    target_id: str
    items: tuple[Consensus, ...]
    names: dict[str, str]


class Renewed(Model):
    """How many relations were added, changed and taken back."""

    added: int
    changed: int
    removed: int
