import socket

import pytest

from kg.neo4j.connection import Address, address_of, open_driver
from schemas.errors import BackendError, InputError


def test_the_uri_may_hold_user_password_and_database() -> None:
    address = address_of("neo4j+s://ann:p%40ss@graph.example/claims")
    assert address == Address("neo4j+s://graph.example", "ann", "p@ss", "claims")


def test_what_the_uri_holds_goes_before_what_the_caller_gives() -> None:
    login = {"user": "bob", "password": "two"}
    assert address_of("bolt://ann:one@h", **login).user == "ann"
    assert address_of("bolt://h", **login) == Address("bolt://h", "bob", "two", None)


def test_an_ipv6_host_keeps_its_brackets() -> None:
    assert address_of("bolt://ann:x@[::1]:7687").uri == "bolt://[::1]:7687"


@pytest.mark.parametrize("uri", ["", "neo4j://", "http://h:7474", "graph.db", "neo4j://h:port", "neo4j://h:99999"])
def test_another_form_of_address_is_refused_with_an_example(uri: str) -> None:
    with pytest.raises(InputError, match="neo4j://user:password@host:7687/database") as caught:
        address_of(uri)
    assert caught.value.code == "neo4j.uri"


def test_no_message_and_no_repr_shows_the_password() -> None:
    with pytest.raises(InputError) as caught:
        address_of("http://ann:secret@h")
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(address_of("neo4j://ann:secret@h"))


def test_a_server_that_is_not_there_is_told_with_what_to_do() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        uri = f"neo4j://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(BackendError, match="make neo4j") as caught:
            open_driver(address_of(uri))
    assert caught.value.code == "neo4j.unreachable"
    assert uri in caught.value.message
