"""What all commands share: remarks of a server reach the user, once and in a line."""

import logging
from collections.abc import Iterator

import pytest
from neo4j import Driver

from api.terminal import SERVER_NOTES, show_server_notes


@pytest.fixture(autouse=True)
def notes() -> Iterator[None]:
    """Put the handlers of the logger back afterwards."""
    logger = logging.getLogger(SERVER_NOTES)
    before = list(logger.handlers)
    yield
    logger.handlers[:] = before


def test_a_warning_of_a_server_is_a_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    show_server_notes()
    show_server_notes()
    logging.getLogger(SERVER_NOTES).warning("Received notification from DBMS server: %s", "[old] form")
    logging.getLogger(SERVER_NOTES).info("a hint on speed")
    written = capsys.readouterr()
    assert written.err == "warning: Received notification from DBMS server: [old] form\n"
    assert written.out == ""


@pytest.mark.neo4j
@pytest.mark.slow
def test_what_a_real_server_remarks_is_shown(neo4j_driver: Driver, capsys: pytest.CaptureFixture[str]) -> None:
    show_server_notes()
    neo4j_driver.execute_query("MATCH (n) RETURN id(n) AS number LIMIT 1")
    assert "deprecated" in capsys.readouterr().err
