"""The network with its vocabulary: from a reading to what it says of any run of characters."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.attribution import Frame
from extract.layers import Layers
from extract.models.encoder.evidence import Evidence, evidence_of
from extract.models.encoder.mentions import Mention, mentions_of
from extract.models.encoder.network import Chances, Network, shipped_network
from extract.models.encoder.pieces import Pieces, shipped_pieces
from extract.models.encoder.tokens import Tokens, tokens_of
from extract.reading import Reading


@dataclass(frozen=True, slots=True)
class Encoder:
    """Reads documents with a network; as safe to share between threads as the network is."""

    network: Network
    pieces: Pieces

    def evidence(self, reading: Reading, layers: Layers, frames: Sequence[Frame]) -> Iterator[tuple[range, Evidence]]:
        """Return what the network says of a document, part by part, each with the sentences that it tells of.

        The network runs from now on; parts are as short as its windows let them be, and end with a sentence.
        """
        tokens = tokens_of(reading, layers, frames, self.pieces)
        said = self.network.chances(tokens)
        return _parts(reading, tokens, said, mentions_of(reading, layers, frames))


def _parts(
    reading: Reading, tokens: Tokens, said: Iterable[Chances], mentions: Iterable[Mention]
) -> Iterator[tuple[range, Evidence]]:
    """Yield the evidence of each part; together they tell of all sentences."""
    named = sorted(mentions, key=_start)
    total, size = len(reading.sentences), len(tokens.rows)
    sentence, first, last, before = 0, 0, 0, 0
    windows: list[Chances] = []
    for window in said:
        windows.append(window)
        last += len(window.cut)
        if last < size and tokens.sentences[last] == tokens.sentences[last - 1]:
            continue  # a sentence too long for one window
        following = int(tokens.sentences[last]) if last < size else total
        upto = bisect_left(named, tokens.ends[last - 1], key=_start)
        part = evidence_of(tokens.between(first, last), Chances.joined(windows), named[before:upto])
        yield range(sentence, following), part
        sentence, first, before, windows = following, last, upto, []
    if sentence < total:
        yield range(sentence, total), evidence_of(tokens.between(last, size), Chances.joined(()), ())


def _start(mention: Mention) -> int:
    return mention.span.start


@cache
def shipped_encoder() -> Encoder | None:
    """Return the encoder that came with the package, read once a process; None where there is none.

    Raises:
        DomainError: its files are broken, code "model.unreadable".
    """
    network = shipped_network()
    return None if network is None else Encoder(network, shipped_pieces())
