"""What the service and the worker say to each other; a module of its own, for both must mean the same classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self, TypeAlias

from kg.sparql.holding import Step
from kg.sparql.limits import Limits
from schemas import errors
from schemas.errors import KaozhengError

TOO_LARGE: Final = 3
"""Exit code of a worker whose graph is larger than it may be."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the media types that its answer may have, and what it may cost."""

    text: str
    accepted: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Refused:
    """An error of ours on its way to the other process."""

    kind: str
    code: str
    message: str

    @classmethod
    def by(cls, error: KaozhengError) -> Self:
        """Return an error in a form that can be sent."""
        return cls(type(error).__name__, error.code, error.message)

    @property
    def error(self) -> KaozhengError:
        """The error itself.

        Example:
            >>> Refused.by(errors.InputError("sparql.malformed", "no query")).error.code
            'sparql.malformed'
        """
        kind: type[KaozhengError] = getattr(errors, self.kind)
        return kind(self.code, self.message)


Message: TypeAlias = Sequence[Step] | Question
