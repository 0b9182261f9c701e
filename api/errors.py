"""The one table from our errors to HTTP status and exit codes."""

from typing import Final

from schemas.errors import BackendError, BusyError, ConflictError, DomainError, InputError, KaozhengError, NotFoundError

STATUS_OF_CODE: Final = {
    "document.too_large": 413,
    "store.newer": 503,
    "sparql.malformed": 400,
    "sparql.query_missing": 400,
    "sparql.encoding": 400,
    "sparql.not_acceptable": 406,
    "sparql.too_long": 413,
    "sparql.media_type": 415,
}
"""Codes whose status says more than their class does."""

STATUS_OF_CLASS: Final[tuple[tuple[type[KaozhengError], int], ...]] = (
    (NotFoundError, 404),
    (InputError, 422),
    (ConflictError, 409),
    (DomainError, 422),
    (BusyError, 503),
    (BackendError, 503),
    (KaozhengError, 500),
)
"""First match wins, so that the finer class stands before the wider one."""

EXIT_OF_CLASS: Final[tuple[tuple[type[KaozhengError], int], ...]] = (
    (InputError, 1),
    (DomainError, 1),
    (BackendError, 3),
    (KaozhengError, 4),
)
"""Exit codes of the command line: 1 mend the input, 3 the store or a server; 2 is a wrong call (typer's)."""


def fault_of(error: Exception, advice: str) -> KaozhengError:
    """Return what to say where the program itself is wrong: the last line of defence at a command or a request.

    Example:
        >>> fault_of(KeyError("x"), "look into the log").message
        "the program has a fault (KeyError: 'x'): look into the log"
    """
    return KaozhengError("program.fault", f"the program has a fault ({type(error).__name__}: {error}): {advice}")


def status_of(error: KaozhengError) -> int:
    """Return the HTTP status of an error.

    Example:
        >>> status_of(NotFoundError("store.node_unknown", "no claim of that id"))
        404
    """
    if error.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[error.code]
    return next(status for kind, status in STATUS_OF_CLASS if isinstance(error, kind))


def exit_code_of(error: KaozhengError) -> int:
    """Return the exit code of an error.

    Example:
        >>> exit_code_of(BusyError("store.busy", "another process writes to the store"))
        3
    """
    return next(code for kind, code in EXIT_OF_CLASS if isinstance(error, kind))
