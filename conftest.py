"""No test reaches beyond this machine: connections to anything but loopback are refused."""

import ipaddress
import os
import socket
from typing import Any

import pytest
from hypothesis import settings

# No test is timed; where CI is set, hypothesis draws the same examples every time, so that a run can be repeated.
settings.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("untimed")

pytest_plugins = ["tests.neo4j_server"]  # one server for all tests that need one


def _is_here(address: Any) -> bool:
    if isinstance(address, str | bytes):
        return True  # a socket file
    if address[0] == "localhost":
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_here(address):
            raise AssertionError(f"a test tried to reach {address}: use what fixtures hold")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
