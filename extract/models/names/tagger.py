"""The trained tagger of names: a second opinion beside LAC's words and the rules of mention."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.models.names.inputs import Views, shipped_views
from extract.models.names.labels import against_edges, names_of
from extract.models.names.network import Network, shipped_network
from extract.models.names.protocol import Known
from extract.models.names.treebank import NamedSpan
from extract.reading import Reading
from schemas.text import Span


@dataclass(frozen=True, slots=True)
class TrainedNameTagger:
    """Runs the tuned network over stretches of a reading; see `extract.models.names.protocol.NameTagger`."""

    network: Network
    views: Views
    is_fallback: bool = False

    def names(self, reading: Reading, known: Sequence[Known], stretches: Sequence[Span]) -> tuple[NamedSpan, ...]:
        """Return the names in the stretches, in text order."""
        inputs = [
            self.views.inputs(reading, s.start, s.end, [k for k in known if s.start <= k.start < s.end])
            for s in stretches
            if reading.shadow[s.start : s.end].strip()
        ]
        scores = [against_edges(self.network.scores(one), one.within) for one in inputs]
        return names_of(scores, [one.at for one in inputs])


def shipped_tagger() -> TrainedNameTagger:
    """Return the tagger with the networks that came with the packages.

    Raises:
        DomainError: a network is broken, code "model.unreadable".
    """
    return TrainedNameTagger(shipped_network(), shipped_views())
