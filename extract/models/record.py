"""What validation wrote down about the shipped models: how they do on articles they were not learned from."""

import hashlib
from importlib import resources

from extract.models.encoder.network import FILE as NETWORK
from extract.models.outcomes import Outcome
from extract.models.store import FILE
from schemas.base import Model
from schemas.errors import DomainError

RECORD = "validation.json"


class Validation(Model):
    """Figures by cross-validation, articles never parted.

    Attributes:
        weights: hash of the chain and of the choice of speakers that are shipped (SHA-256).
        network: hash of the network that is shipped.
        learners: which of `chain` and `network` were judged; the network was tuned anew for each fold.
        folds: how many.
        mean: of each figure over the folds.
        spread: standard deviation over the folds.
        chain_alone: means without the network.
        outcomes: of each article, by its name.
    """

    weights: str
    network: str
    learners: tuple[str, ...]
    folds: int
    mean: dict[str, float]
    spread: dict[str, float]
    chain_alone: dict[str, float]
    outcomes: dict[str, Outcome]


def hashes() -> dict[str, str]:
    """Return the hashes of the shipped weights and network, empty where one is absent."""
    folder = resources.files("extract.models")
    files = {"weights": folder / FILE, "network": folder / "encoder" / NETWORK}
    return {name: hashlib.sha256(f.read_bytes()).hexdigest() if f.is_file() else "" for name, f in files.items()}


def recorded_validation() -> Validation:
    """Return the cross-validated figures of the shipped models.

    Raises:
        DomainError: the record was written for other weights or another network, code "model.record_stale".

    Example:
        >>> sorted(recorded_validation().mean)[:2]
        ['char.full', 'char.kind']
    """
    record = Validation.model_validate_json((resources.files("extract.models") / RECORD).read_text("utf-8"))
    stale = [name for name, digest in hashes().items() if getattr(record, name) != digest]
    if stale:
        message = f"{RECORD} tells of other {' and '.join(stale)} than are shipped: run `make validate`"
        raise DomainError("model.record_stale", message)
    return record
