"""Realised figures on disk."""

from pathlib import Path

from api.articles import place_of
from kg.sources.csv_file import read_observations
from schemas.errors import InputError
from schemas.evidence import Observation


def observations_in(path: Path) -> tuple[Observation, ...]:
    """Return the figures of a CSV file.

    Raises:
        InputError: the file can't be read ("file.unreadable"), is no UTF-8 ("file.encoding"), or a row is
            bad (as `kg.sources.csv_file.read_observations` says, with line and column).
    """
    place = place_of(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError("file.unreadable", f"{place} can't be read ({error.strerror}): check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(
            "file.encoding", f"{place} is no UTF-8 at byte {error.start}: save the table as UTF-8"
        ) from error
    return read_observations(text, name=place)
