"""Hash pairs of features in one pass: what `crc32` gives for many beginnings, each run on through many ends."""

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

_BYTES = 4  # of a checksum
_LENGTHS = 256  # of ends whose tables are kept, 4 kB each


def crossed(starts: Sequence[int], ends: Sequence[bytes]) -> npt.NDArray[np.uint32]:
    """Return `crc32(end, start)` for every pair, shape (starts, ends).

    A checksum is linear over bits: running a start through an end is the checksum of the end alone, with what the
    start has become after as many zero bytes added to it (exclusive or). So each end is read once, not once a start.

    Args:
        starts: checksums of what comes first.
        ends: what follows it.

    Source: Adler, `crc32_combine` in zlib.

    Example:
        >>> crossed([crc32(b"k:narrator")], [b"reach=F"]).tolist() == [[crc32(b"k:narratorreach=F")]]
        True
    """
    begun = np.array(starts, dtype=np.uint32)
    alone = np.array([crc32(end) for end in ends], dtype=np.uint32)
    if not ends:
        return np.zeros((len(begun), 0), dtype=np.uint32)
    carried = np.stack([_carried(len(end)) for end in ends], axis=1)
    found = np.broadcast_to(alone, (len(begun), len(ends)))
    for byte in range(_BYTES):
        found = found ^ carried[byte][:, (begun >> np.uint32(8 * byte)) & 255].T
    return found


@lru_cache(maxsize=_LENGTHS)
def _carried(length: int) -> npt.NDArray[np.uint32]:
    """Return what each byte of a checksum adds after so many zero bytes, shape (bytes, values)."""
    zeros = bytes(length)
    nothing = crc32(zeros)
    table = [[crc32(zeros, value << 8 * byte) ^ nothing for value in range(256)] for byte in range(_BYTES)]
    return np.array(table, dtype=np.uint32)
