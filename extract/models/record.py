"""What training wrote down about the shipped weights: how they do on articles they were not learned from."""

import hashlib
import json
from importlib import resources

from extract.models.store import FILE
from schemas.base import Model
from schemas.errors import DomainError

RECORD = "claims.json"


class Validation(Model):
    """Figures by cross-validation, articles never parted: mean and standard deviation over the folds."""

    mean: dict[str, float]
    spread: dict[str, float]
    folds: int


def recorded_validation() -> Validation:
    """Return the cross-validated figures of the shipped weights.

    Raises:
        DomainError: the record was written for other weights, code "model.record_stale".

    Example:
        >>> sorted(recorded_validation().mean)[:2]
        ['char.full', 'char.kind']
    """
    folder = resources.files("extract.models")
    record = json.loads((folder / RECORD).read_text("utf-8"))
    weights = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    if record["weights"] != weights:
        raise DomainError("model.record_stale", f"{RECORD} tells of other weights than {FILE}: run make train")
    return Validation(folds=record["folds"], **record["cross_validation"])
