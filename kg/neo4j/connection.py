"""Getting hold of a Neo4j server, and saying in one line what is wrong with it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from neo4j import Driver, GraphDatabase, NotificationDisabledClassification
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from schemas.errors import BackendError, InputError

SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""What the official driver speaks; `+s` is encrypted, `+ssc` also with a certificate of one's own."""
TIMEOUT_SECONDS: Final = 10.0
"""How long to wait for a server that does not answer."""

# What the driver logs of a lost server we raise; without this it would also appear on standard error. What a server
# remarks on queries goes to `neo4j.notifications`, to which the command line listens.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Address:
    """Where a graph is: the URI without the user, the user, the database (None: the server's default)."""

    uri: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    database: str | None = None


def address_of(uri: str, *, user: str | None = None, password: str | None = None) -> Address:
    """Return the parts of `neo4j://user:password@host:port/database`; all but the host may be left out.

    Args:
        uri: as above; reserved characters in user and password are percent-encoded.
        user: used where the URI names none.
        password: used where the URI holds none.

    Raises:
        InputError: it is no such URI, code "neo4j.uri".

    Example:
        >>> address_of("neo4j://ann:secret@graph.example:7687/claims")
        Address(uri='neo4j://graph.example:7687', user='ann', database='claims')
    """
    try:
        parts = urlsplit(uri)
        is_sound = parts.scheme in SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_sound = False
    if not is_sound:
        message = f"{_without_user(uri)} is no Neo4j address: give neo4j://user:password@host:7687/database"
        raise InputError("neo4j.uri", message)
    return Address(
        uri=f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}",
        user=unquote(parts.username) if parts.username else user,
        password=unquote(parts.password) if parts.password else password,
        database=parts.path.strip("/") or None,
    )


def open_driver(address: Address) -> Driver:
    """Return a driver whose server has answered; the caller closes it.

    Raises:
        BackendError: no server answers, code "neo4j.unreachable", or it wants another password, code "neo4j.auth".
    """
    login = (address.user or "neo4j", address.password) if address.password is not None else None
    driver = GraphDatabase.driver(
        address.uri,
        auth=login,
        connection_timeout=TIMEOUT_SECONDS,
        # An empty database does not know our properties yet: no news.
        notifications_disabled_classifications=[NotificationDisabledClassification.UNRECOGNIZED],
    )
    try:
        with backend_errors(address.uri):
            driver.verify_connectivity()
    except BackendError:
        driver.close()
        raise
    return driver


@contextmanager
def backend_errors(place: str) -> Iterator[None]:
    """Turn the driver's errors into ours, which say what to do next.

    Args:
        place: the server or the work, for the message.

    Raises:
        BackendError: codes "neo4j.auth", "neo4j.unreachable", "neo4j.refused", "neo4j.failed".
    """
    try:
        yield
    except AuthError as error:
        message = f"{place}: Neo4j refuses the user or the password: give the right ones (neo4j://user:password@host)"
        raise BackendError("neo4j.auth", message) from error
    except (ServiceUnavailable, SessionExpired) as error:
        message = f"{place}: no Neo4j answers: start it (make neo4j) or mend the address, then run this again"
        raise BackendError("neo4j.unreachable", message) from error
    except (DriverError, Neo4jError) as error:
        reason = error.message if isinstance(error, Neo4jError) else str(error)
        if error.is_retryable():
            raise BackendError("neo4j.failed", f"{place}: Neo4j gave up for now: {reason}: run this again") from error
        raise BackendError("neo4j.refused", f"{place}: Neo4j refuses: {reason}") from error


def _without_user(uri: str) -> str:
    """Leave the password out of messages."""
    scheme, mark, rest = uri.rpartition("@")
    return f"{scheme.split('//')[0]}//…@{rest}" if mark else uri
