"""The network with its vocabulary: from a reading to what it says of any run of characters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.attribution import Frame
from extract.layers import Layers
from extract.models.encoder.evidence import Evidence, evidence_of
from extract.models.encoder.mentions import mentions_of
from extract.models.encoder.network import Network, shipped_network
from extract.models.encoder.pieces import Pieces, shipped_pieces
from extract.models.encoder.tokens import tokens_of
from extract.reading import Reading


@dataclass(frozen=True, slots=True)
class Encoder:
    """Reads documents with a network; as safe to share between threads as the network is."""

    network: Network
    pieces: Pieces

    def evidence(self, reading: Reading, layers: Layers, frames: Sequence[Frame]) -> Evidence:
        """Return what the network says of a document."""
        tokens = tokens_of(reading, layers, frames, self.pieces)
        return evidence_of(tokens, self.network.chances(tokens), mentions_of(reading, layers, frames))


@cache
def shipped_encoder() -> Encoder | None:
    """Return the encoder that came with the package, read once a process; None where there is none.

    Raises:
        DomainError: its files are broken, code "model.unreadable".
    """
    network = shipped_network()
    return None if network is None else Encoder(network, shipped_pieces())
