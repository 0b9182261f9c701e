"""One tree of errors. Each carries a mnemonic code and context; none knows about HTTP.

A text that says little is no error: refusals are values (see `schemas.extraction.Refusal`).
"""

from collections.abc import Mapping


class KaozhengError(Exception):
    """The root of all errors we raise on purpose.

    Args:
        code: mnemonic, `area.reason`, for example `document.empty`.
        message: one clear line: what, where, and what to do next.
        context: plain values that help to find the place (path, document_id, span).

    Example:
        >>> error = InputError("document.empty", "a.txt is empty: give a file with text", path="a.txt")
        >>> error.code, error.context["path"]
        ('document.empty', 'a.txt')
    """

    def __init__(self, code: str, message: str, **context: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.context: Mapping[str, object] = context


class InputError(KaozhengError):
    """The caller gave something we can't take: mend the input and call again."""


class NotFoundError(InputError):
    """The caller named something that is not in the store."""


class DomainError(KaozhengError):
    """A rule of the domain forbids what was asked."""


class ConflictError(DomainError):
    """The state is no longer what the caller saw: read again, then write again."""


class BackendError(KaozhengError):
    """The world is down or full: the disk, the database, a server."""


class BusyError(BackendError):
    """Somebody else holds what is needed (a second writer): wait or stop the other one."""
