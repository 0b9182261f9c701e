"""Numbers with a measurable meaning."""

from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from schemas.base import Model
from schemas.text import Span


class Bound(StrEnum):
    """How the stated number bounds the true one (逾 is `ge`, 不到 is `le`, 約 is `approx`)."""

    EQUAL = "eq"
    APPROXIMATE = "approx"
    AT_LEAST = "ge"
    AT_MOST = "le"
    MORE = "gt"
    LESS = "lt"


class Quantity(Model):
    """A value in its base unit: 36.2 兆美元 is 36200000000000 USD; a range has low < high.

    Unit: an ISO 4217 code, `%`, `pp`, `bp`, `x`, `sd`, `count`, `points`, `years`, `months`, `days`,
    `tonnes`, `barrels` or `m2`; rarer ones are `hours`, `minutes`, `bushels`, `oz`, `m`, `m3`, `W` and `kWh`.
    """

    low: Decimal
    high: Decimal
    unit: str
    bound: Bound = Bound.EQUAL

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high < self.low:
            raise ValueError(f"quantity runs from {self.low} down to {self.high}")
        return self


class QuantityRole(StrEnum):
    """The part a number plays in a from-to pair (從 2.4% 下調至 1.7%)."""

    OLD = "old"
    NEW = "new"


class QuantityTag(Model):
    """A quantity where it stands in the text.

    `measures` is the indicator or noun nearest to it (營收 in 營收 393億美元), as it is written.
    """

    span: Span
    quantity: Quantity
    role: QuantityRole | None = None
    measures: str | None = None
