"""Service, command line and REST: the only place that sees both extract and kg."""

from importlib.metadata import version
from typing import Final

VERSION: Final = version("kaozheng")
