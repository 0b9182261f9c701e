"""The trained tagger of names: a second opinion beside LAC's words and the rules of mention."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from extract.models.names.inputs import Views, shipped_views
from extract.models.names.labels import against_edges, names_of
from extract.models.names.network import Network, shipped_network
from extract.models.names.protocol import Known
from extract.models.names.taps import Floats
from extract.models.names.treebank import NamedSpan
from extract.reading import Reading
from extract.sharing import shared_out
from schemas.text import Span


@dataclass(frozen=True, slots=True)
class TrainedNameTagger:
    """Runs the tuned network over stretches of a reading; see `extract.models.names.protocol.NameTagger`."""

    network: Network
    views: Views
    is_fallback: bool = False

    def names(self, reading: Reading, known: Sequence[Known], stretches: Sequence[Span]) -> tuple[NamedSpan, ...]:
        """Return the names in the stretches, in text order."""
        told = [stretch for stretch in stretches if reading.shadow[stretch.start : stretch.end].strip()]
        weighed = list(shared_out(partial(self._weighed, reading, known), told))
        return names_of([scores for scores, _ in weighed], [at for _, at in weighed])

    def _weighed(self, reading: Reading, known: Sequence[Known], stretch: Span) -> tuple[Floats, tuple[int, ...]]:
        """Return the scores of the labels of each character of a stretch, and where they stand."""
        within = [k for k in known if stretch.start <= k.start < stretch.end]
        inputs = self.views.inputs(reading, stretch.start, stretch.end, within)
        return against_edges(self.network.scores(inputs), inputs.within), inputs.at


def shipped_tagger() -> TrainedNameTagger:
    """Return the tagger with the networks that came with the packages.

    Raises:
        DomainError: a network is broken, code "model.unreadable".
    """
    return TrainedNameTagger(shipped_network(), shipped_views())
